#!/usr/bin/env python3
"""Check a submission of joint positions, offline. / Preveri vlogo s skupnimi stalisci brez povezave.

    python verify.py [FILE.zip | FOLDER] [--against RECEIPT.json] [--key KEY] [--language sl|en]

Without a file it checks the folder that it stands in. It needs Python 3.8 or newer and nothing
else: no package, no network, no secret. It ends with 0 when everything holds, 1 when something
does not, 2 when it cannot decide.

What it shows: that the texts are those which the organisations signed; that the signatories
are exactly those whose signature stood when the submission was sent, no withdrawal left out;
that the documents are those which were sent; and, against a receipt or an earlier checkpoint,
that nobody changed, dropped or reordered a record since. What it cannot show: who a person
was, or that an organisation exists; that a PDF says the same as the text, which is for you to
read; that a record was left out for which nobody holds a receipt.

The log is a Merkle tree (RFC 9162, section 2.1), its checkpoints are C2SP signed notes with
Ed25519 (RFC 8032).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import locale
import os
import sys
import zipfile

VALID, INVALID, UNDECIDED = 0, 1, 2
LARGEST_FILE = 512 * 1024 * 1024
LARGEST_BUNDLE = 2 * 1024 * 1024 * 1024
MOST_FILES = 10_000
FORMAT, RECEIPT_FORMAT = "soglasje-bundle/1", "soglasje-receipt/1"

# --- Words ---------------------------------------------------------------------------------

WORDS = {
    "en": {
        "valid": "VALID: everything that can be checked holds.",
        "invalid": "NOT VALID: {problems} of the checks failed.",
        "undecided": "CANNOT DECIDE: {why}",
        "no_bundle": "Nothing to check was found at {path}.",
        "bad_zip": "The file is not a readable ZIP file, or it is damaged: {why}",
        "too_large": "The file unpacks to more than a submission can hold.",
        "twice": "The ZIP file holds {name} twice.",
        "missing": "{name} is missing.",
        "unreadable": "{name} cannot be read: {why}",
        "other_format": "This file was made by a later version of the program ({format}); use its own verify.py.",
        "ok_manifest": "All {number} files are those of the list.",
        "manifest_missing": "{name} stands in the list of files and is missing.",
        "manifest_changed": "{name} is not the file that was put in: its fingerprint is another one.",
        "manifest_extra": "{name} does not stand in the list of files: it was put in afterwards.",
        "ok_checkpoint": "The checkpoint over {size} records is signed by the key {key}.",
        "checkpoint_unsigned": "The checkpoint was not signed by the key that lies beside it.",
        "other_key": "The key that lies in the file is not the one that you gave.",
        "ok_leaves": "The list of {size} records gives the signed root.",
        "leaves_size": "The checkpoint speaks of {size} records and the list has {found}.",
        "leaves_root": "The list of records does not give the root that was signed: a record was changed, dropped, "
        "added or moved.",
        "ok_records": "All {number} records about this submission stand in the log where they say, none left out.",
        "record_not_in_log": "Record {seq} is not the one that stands at this place of the log.",
        "record_thread": "Record {seq} belongs to {found}, not to {thread}.",
        "record_gap": "A record of {thread} was left out: number {expected} should follow, and {found} does.",
        "record_order": "The records of {thread} do not stand in the order of the log.",
        "record_log": "Record {seq} comes from another log ({log}).",
        "ok_text": '"{title}": the text is exactly the one that was signed ({sha256}).',
        "text_changed": '"{title}": the text is not the one that was opened for signing; somebody changed it.',
        "text_of_other": "The text in {name} is not version {version} of {thread}.",
        "signed_other_text": "The signature of {organisation} (record {seq}) stands under another text.",
        "signed_not_open": "The signature of {organisation} (record {seq}) was given for a version that was not open.",
        "signed_late": "The signature of {organisation} (record {seq}) came after the last day for signing.",
        "ended_unknown": "Record {seq} ends a signature that did not stand.",
        "ok_signatories": '"{title}": {number} organisations took part, exactly those whose record stood at the end.',
        "not_closed": '"{title}": no record says that signing was closed for this submission.',
        "live_list": '"{title}": the records give other signatories than those that were counted at the end.',
        "signatory_missing": "{organisation} signed and is not among the signatories.",
        "signatory_extra": "{organisation} stands among the signatories, but no signature of it stood when the "
        "submission was sent.",
        "signatory_changed": "{organisation}: what stands beside its name ({what}) is not what was recorded.",
        "words_changed": "{organisation}: the statement or the wording of its conditions is not what it signed.",
        "points_changed": '"{title}": the points of the submission are not those of the text that was signed.',
        "ok_submitted": "The submission left on {at}; its {number} documents are those that were recorded then.",
        "not_submitted": "No record says that this submission was sent.",
        "submission_changed": "The text of the submission is not the one that was recorded when it was sent.",
        "document_changed": "{name} is not the document that was recorded when the submission was sent.",
        "document_missing": "{name} was recorded when the submission was sent and is missing.",
        "position_missing": "The submission carries {thread}, and nothing of it lies in the file.",
        "ok_against": "Your receipt of {at} agrees: the log of that moment ({size} records) is the beginning of this one.",
        "against_unreadable": "The receipt cannot be read: {why}",
        "against_own": "Your receipt does not hold in itself: {why}",
        "against_log": "Your receipt is of another log ({log}).",
        "against_key": "Your receipt was signed with the key {key}, and no record leads from it to the key of this file.",
        "against_shorter": "THE LOG WAS SET BACK: it held {size} records before your receipt of {at}, and this later "
        "file knows of {own}.",
        "against_newer": "Your receipt is newer than this file ({size} records against {own}); ask for a file that "
        "was made later.",
        "against_record": "THE RECORD OF YOUR RECEIPT IS NOT IN THE LOG: at its place stands another one.",
        "against_root": "THE LOG WAS CHANGED since your receipt of {at}: its {size} records are not the beginning of "
        "this one.",
        "against_not_listed": "Your signature (record {seq}) is not among the signatories, and no record says that it ended.",
        "against_missing_record": "Record {seq} of your receipt is about this submission and was left out of the file.",
        "what_proof": "its proof does not lead to its checkpoint",
        "what_signature": "its checkpoint is not signed by its key",
        "unexpected": "This file is damaged in a way that was not foreseen ({why}).",
    },
    "sl": {
        "valid": "VELJAVNO: vse, kar je mogoče preveriti, drži.",
        "invalid": "NI VELJAVNO: preverjanja, ki niso uspela: {problems}.",
        "undecided": "NI MOGOČE ODLOČITI: {why}",
        "no_bundle": "Na mestu {path} ni ničesar, kar bi bilo mogoče preveriti.",
        "bad_zip": "Datoteka ni berljiva datoteka ZIP ali pa je poškodovana: {why}",
        "too_large": "Razpakirana datoteka je večja, kakor je lahko vloga.",
        "twice": "V datoteki ZIP je {name} dvakrat.",
        "missing": "Manjka {name}.",
        "unreadable": "Datoteke {name} ni mogoče prebrati: {why}",
        "other_format": "To je naredila novejša različica programa ({format}); uporabite verify.py, ki je priložen.",
        "ok_manifest": "Vse datoteke ({number}) so tiste s seznama.",
        "manifest_missing": "{name} je na seznamu datotek, a manjka.",
        "manifest_changed": "{name} ni datoteka, ki je bila priložena: njen odtis je drugačen.",
        "manifest_extra": "{name} ni na seznamu datotek: dodana je bila pozneje.",
        "ok_checkpoint": "Kontrolna točka čez {size} zapisov je podpisana s ključem {key}.",
        "checkpoint_unsigned": "Kontrolna točka ni podpisana s ključem, ki je priložen.",
        "other_key": "Priloženi ključ ni tisti, ki ste ga navedli.",
        "ok_leaves": "Seznam zapisov ({size}) da podpisani koren.",
        "leaves_size": "Kontrolna točka govori o {size} zapisih, na seznamu pa jih je {found}.",
        "leaves_root": "Seznam zapisov ne da podpisanega korena: neki zapis je bil spremenjen, izpuščen, dodan ali "
        "premaknjen.",
        "ok_records": "Vsi zapisi o tej vlogi ({number}) so v dnevniku tam, kjer pravijo, in noben ni izpuščen.",
        "record_not_in_log": "Zapis {seq} ni tisti, ki je na tem mestu dnevnika.",
        "record_thread": "Zapis {seq} pripada {found}, ne {thread}.",
        "record_gap": "Zapis o {thread} je izpuščen: slediti bi morala številka {expected}, sledi pa {found}.",
        "record_order": "Zapisi o {thread} niso v vrstnem redu dnevnika.",
        "record_log": "Zapis {seq} je iz drugega dnevnika ({log}).",
        "ok_text": "»{title}«: besedilo je natanko tisto, ki je bilo podpisano ({sha256}).",
        "text_changed": "»{title}«: besedilo ni tisto, ki je bilo odprto za podpisovanje; nekdo ga je spremenil.",
        "text_of_other": "Besedilo v {name} ni različica {version} stališča {thread}.",
        "signed_other_text": "Podpis organizacije {organisation} (zapis {seq}) je pod drugim besedilom.",
        "signed_not_open": "Podpis organizacije {organisation} (zapis {seq}) je za različico, ki ni bila odprta.",
        "signed_late": "Podpis organizacije {organisation} (zapis {seq}) je prišel po zadnjem dnevu podpisovanja.",
        "ended_unknown": "Zapis {seq} konča podpis, ki ni veljal.",
        "ok_signatories": "»{title}«: sodelujoče organizacije ({number}) so natanko tiste, katerih zapis je ob koncu "
        "veljal.",
        "not_closed": "»{title}«: noben zapis ne pravi, da je bilo podpisovanje za to vlogo zaključeno.",
        "live_list": "»{title}«: zapisi dajo druge podpisnice, kakor so bile ob koncu preštete.",
        "signatory_missing": "{organisation} je podpisala, a je ni med podpisnicami.",
        "signatory_extra": "{organisation} je med podpisnicami, a njen podpis ob pošiljanju vloge ni veljal.",
        "signatory_changed": "{organisation}: to, kar stoji ob imenu ({what}), ni to, kar je bilo zapisano.",
        "words_changed": "{organisation}: izjava ali besedilo pogojev ni to, kar je podpisala.",
        "points_changed": "»{title}«: točke vloge niso točke besedila, ki je bilo podpisano.",
        "ok_submitted": "Vloga je bila poslana {at}; dokumenti ({number}) so tisti, ki so bili takrat zapisani.",
        "not_submitted": "Noben zapis ne pravi, da je bila ta vloga poslana.",
        "submission_changed": "Besedilo vloge ni tisto, ki je bilo zapisano ob pošiljanju.",
        "document_changed": "{name} ni dokument, ki je bil zapisan ob pošiljanju vloge.",
        "document_missing": "{name} je bil zapisan ob pošiljanju vloge, a manjka.",
        "position_missing": "Vloga vsebuje stališče {thread}, v datoteki pa o njem ni ničesar.",
        "ok_against": "Vaše potrdilo ({at}) se ujema: takratni dnevnik ({size} zapisov) je začetek tega.",
        "against_unreadable": "Potrdila ni mogoče prebrati: {why}",
        "against_own": "Vaše potrdilo samo v sebi ne drži: {why}",
        "against_log": "Vaše potrdilo je iz drugega dnevnika ({log}).",
        "against_key": "Vaše potrdilo je podpisano s ključem {key} in noben zapis ne vodi od njega do ključa te datoteke.",
        "against_shorter": "DNEVNIK JE BIL VRNJEN NA STAREJŠE STANJE: ob vašem potrdilu ({at}) je imel {size} zapisov, ta "
        "poznejša datoteka pa jih pozna {own}.",
        "against_newer": "Vaše potrdilo je novejše od te datoteke ({size} zapisov proti {own}); prosite za datoteko, ki "
        "je bila narejena pozneje.",
        "against_record": "ZAPISA Z VAŠEGA POTRDILA NI V DNEVNIKU: na njegovem mestu je drug zapis.",
        "against_root": "DNEVNIK JE BIL SPREMENJEN po vašem potrdilu ({at}): njegovih {size} zapisov ni začetek tega "
        "dnevnika.",
        "against_not_listed": "Vašega podpisa (zapis {seq}) ni med podpisnicami in noben zapis ne pravi, da je "
        "prenehal.",
        "against_missing_record": "Zapis {seq} z vašega potrdila govori o tej vlogi, a je iz datoteke izpuščen.",
        "what_proof": "njegov dokaz ne vodi do njegove kontrolne točke",
        "what_signature": "njegova kontrolna točka ni podpisana z njegovim ključem",
        "unexpected": "Datoteka je poškodovana na nepredviden način ({why}).",
    },
}


class Sentence(str):
    """The name of a sentence that is a value of another."""


class Undecided(Exception):
    """Nothing can be said; the name of a sentence and its values."""

    def __init__(self, name, /, **values):
        super().__init__(name)
        self.name, self.values = name, values


# --- Ed25519, RFC 8032, section 5.1 ---------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _x_of(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(encoded):
    number = int.from_bytes(encoded, "little")
    y = number & ((1 << 255) - 1)
    x = _x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def _sum(a, b):
    # Extended coordinates; the formulas of RFC 8032, section 5.1.4.
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _sum(result, point)
        point = _sum(point, point)
        number >>= 1
    return result


BASE = (_x_of(4 * pow(5, P - 2, P) % P, 0), 4 * pow(5, P - 2, P) % P)
BASE = (BASE[0], BASE[1], 1, BASE[0] * BASE[1] % P)


def is_signed(key, message, signature):
    """Whether this Ed25519 key (32 bytes) made the signature (64 bytes) of the message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = _times(s, BASE), _sum(r, _times(k, a))
    return not (left[0] * right[2] - right[0] * left[2]) % P and not (left[1] * right[2] - right[1] * left[2]) % P


# --- The log: RFC 9162, section 2.1 ---------------------------------------------------------


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def leaf_hash(record):
    return hashlib.sha256(b"\x00" + record).digest()


def root_of(leaves):
    """The root over leaf hashes: level by level, a node without a partner goes up as it is."""
    level = list(leaves)
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def root_from(leaf, index, size, proof):
    """The root that a proof of inclusion leads to (2.1.3.2), or None."""
    if not 0 <= index < size:
        return None
    node, last, root = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            root = hashlib.sha256(b"\x01" + beside + root).digest()
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + beside).digest()
        node, last = node >> 1, last >> 1
    return root if last == 0 else None


class Note:
    """A checkpoint: origin, size, root; and who signed it. Raises ValueError."""

    def __init__(self, text):
        body, parted, signatures = text.partition("\n\n")
        lines = body.split("\n")
        if not parted or len(lines) < 3 or not (lines[1].isascii() and lines[1].isdigit()):
            raise ValueError("not a checkpoint")
        self.text, self.signatures = body + "\n", signatures
        self.origin, self.size, self.root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        if len(self.root) != 32:
            raise ValueError("not a root")

    def is_signed_by(self, key):
        """`key` is name+identifier+base64 of 0x01 and the 32 bytes."""
        name, _, rest = key.strip().partition("+")
        identifier, _, encoded = rest.partition("+")
        content = base64.b64decode(encoded, validate=True)
        own = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
        if name != self.origin or content[:1] != b"\x01" or own.hex() != identifier:
            return False
        for line in self.signatures.splitlines():
            parts = line.split(" ")
            if len(parts) != 3 or parts[:2] != ["\u2014", name]:
                continue
            signature = base64.b64decode(parts[2], validate=True)
            if signature[:4] == own and is_signed(content[1:], self.text.encode(), signature[4:]):
                return True
        return False


def key_bytes(key):
    """The 32 bytes of a key as it is printed: name+identifier+base64 of 0x01 and them."""
    return base64.b64decode(key.strip().split("+", 2)[2], validate=True)[1:]


def canonical(value):
    """RFC 8785 for strings, whole numbers, lists and objects, which is all that records hold."""
    return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode()


def _sorted(value):
    # RFC 8785 sorts names by UTF-16 units.
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value


def commitment(purpose, salt, said):
    return sha256(purpose.encode() + b"\0" + salt + canonical(said))


# --- Reading --------------------------------------------------------------------------------


def read_bundle(path):
    """The files by name, from a ZIP file or a folder; raises Undecided."""
    if os.path.isdir(path):
        return read_folder(path)
    if not os.path.isfile(path):
        raise Undecided("no_bundle", path=path)
    try:
        with zipfile.ZipFile(path) as bundle:
            return read_zip(bundle)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise Undecided("bad_zip", why=error)
    except Exception as error:  # A damaged stream raises what its decompressor likes to.
        if isinstance(error, Undecided):
            raise
        raise Undecided("bad_zip", why=error)


def read_zip(bundle):
    files, total = {}, 0
    entries = bundle.infolist()
    if len(entries) > MOST_FILES:
        raise Undecided("too_large")
    for entry in entries:
        if entry.filename.endswith("/"):
            continue
        if entry.filename in files:
            raise Undecided("twice", name=entry.filename)
        total += entry.file_size
        if entry.file_size > LARGEST_FILE or total > LARGEST_BUNDLE:
            raise Undecided("too_large")
        with bundle.open(entry) as content:
            files[entry.filename] = content.read(entry.file_size + 1)
    return files


def read_folder(path):
    files = {}
    for folder, _, names in os.walk(path):
        for name in names:
            place = os.path.join(folder, name)
            short = os.path.relpath(place, path).replace(os.sep, "/")
            if "__pycache__" in short:
                continue
            if len(files) >= MOST_FILES or os.path.getsize(place) > LARGEST_FILE:
                raise Undecided("too_large")
            with open(place, "rb") as content:
                files[short] = content.read()
    return files


# --- Checking -------------------------------------------------------------------------------


class Check:
    """One bundle; `passed` and `problems` are sentences by name with their values."""

    def __init__(self, files):
        self.files = files
        self.passed, self.problems = [], []

    def passes(self, name, /, **values):
        self.passed.append((name, values))

    def fails(self, name, /, **values):
        self.problems.append((name, values))

    def data(self, name):
        """A JSON file; raises Undecided, because without it nothing more can be said."""
        try:
            return json.loads(self.text(name))
        except ValueError as error:
            raise Undecided("unreadable", name=name, why=error)

    def text(self, name):
        if name not in self.files:
            raise Undecided("missing", name=name)
        try:
            return self.files[name].decode("utf-8")
        except UnicodeDecodeError as error:
            raise Undecided("unreadable", name=name, why=error)

    def run(self, against=None, key=None):
        self.manifest()
        self.proofs = self.data("proofs.json")
        if not isinstance(self.proofs, dict) or self.proofs.get("format") != FORMAT:
            found = self.proofs.get("format") if isinstance(self.proofs, dict) else "?"
            raise Undecided("other_format", format=found)
        self.log(key)
        self.records()
        self.submission = self.data("submission.json")
        self.signatories = self.data("signatories.json")
        closed = {position["thread"]: self.position(position) for position in self.proofs["positions"]}
        self.submitted(closed)
        if against is not None:
            self.against(against)

    def manifest(self):
        """Every file is the one that was put in. Whoever changes a file could change this list too: what follows
        does not rest on it, it only names the file that was damaged on its way."""
        listed = {}
        for line in self.text("MANIFEST.sha256").splitlines():
            fingerprint, _, name = line.partition("  ")
            listed[name] = fingerprint
        before = len(self.problems)
        for name, fingerprint in sorted(listed.items()):
            if name not in self.files:
                self.fails("manifest_missing", name=name)
            elif sha256(self.files[name]) != fingerprint:
                self.fails("manifest_changed", name=name)
        for name in sorted(set(self.files) - set(listed) - {"MANIFEST.sha256"}):
            self.fails("manifest_extra", name=name)
        if len(self.problems) == before:
            self.passes("ok_manifest", number=len(listed))

    def log(self, key):
        """The checkpoint is signed, and the list of leaf hashes gives its root."""
        own_key = self.text("key.txt").strip()
        if key is not None and key.strip() != own_key:
            self.fails("other_key")
        try:
            self.note = Note(self.text("checkpoint.txt"))
            signed = self.note.is_signed_by(own_key)
        except ValueError as error:
            raise Undecided("unreadable", name="checkpoint.txt", why=error)
        if signed:
            self.passes("ok_checkpoint", size=self.note.size, key=own_key)
        else:
            self.fails("checkpoint_unsigned")
        if "leaves.bin" not in self.files:
            raise Undecided("missing", name="leaves.bin")
        content = self.files["leaves.bin"]
        self.leaves = [content[at : at + 32] for at in range(0, len(content), 32)]
        if len(content) != 32 * self.note.size:
            self.fails("leaves_size", size=self.note.size, found=len(content) / 32)
        elif root_of(self.leaves) != self.note.root:
            self.fails("leaves_root")
        else:
            self.passes("ok_leaves", size=self.note.size)

    def records(self):
        """Each record stands in the log; the records of a thread are all there."""
        self.threads, number, before = {}, 0, len(self.problems)
        for thread, rows in sorted(self.proofs["threads"].items()):
            kept = []
            if [row["seq"] for row in rows] != sorted({row["seq"] for row in rows}):
                self.fails("record_order", thread=thread)
            for expected, row in enumerate(rows, start=1):
                record = row["record"].encode()
                said = json.loads(row["record"])
                if not 0 <= row["seq"] < len(self.leaves) or leaf_hash(record) != self.leaves[row["seq"]]:
                    self.fails("record_not_in_log", seq=row["seq"])
                if said["thread"] != thread:
                    self.fails("record_thread", seq=row["seq"], found=said["thread"], thread=thread)
                if said["number"] != expected:
                    self.fails("record_gap", thread=thread, expected=expected, found=said["number"])
                if said["log"] != self.note.origin and not self.note.origin.startswith(said["log"] + "/"):
                    self.fails("record_log", seq=row["seq"], log=said["log"])
                kept.append((row["seq"], said))
                number += 1
            self.threads[thread] = kept
        if len(self.problems) == before:
            self.passes("ok_records", number=number)

    def position(self, position):
        """One position: its text, who signed it, and who stood at the end. The number of its closing record."""
        thread, version, name = position["thread"], position["version"], position["text"]
        said = self.data(name)
        title = said["title"]
        if (said["position"], said["version"]) != (thread, version):
            self.fails("text_of_other", name=name, version=version, thread=thread)
        replay = Replay(self, thread, sha256(self.files[name]), version, title)
        closed = replay.until_closed()
        if closed is None:
            return None
        before = len(self.problems)
        self.compare_signatories(thread, title, replay.live)
        self.compare_points(position["slug"], said)
        if len(self.problems) == before:
            self.passes("ok_text", title=title, sha256=sha256(self.files[name]))
            self.passes("ok_signatories", title=title, number=len(replay.live))
        return closed

    def compare_signatories(self, thread, title, live):
        """The list that people read, against the records."""
        listed = {row["org"]: row for row in self.signatories if row["position"] == thread}
        for org, (seq, said) in sorted(live.items()):
            row = listed.pop(org, None)
            if row is None:
                self.fails("signatory_missing", organisation=said["org_name"])
                continue
            for what in ("org_name", "level", "stance", "points", "at"):
                if row[what] != said[what]:
                    self.fails("signatory_changed", organisation=said["org_name"], what=what)
            if row["seq"] != seq:
                self.fails("signatory_changed", organisation=said["org_name"], what="seq")
            self.compare_words(seq, said, row.get("words"))
        for row in listed.values():
            self.fails("signatory_extra", organisation=row["org_name"])
        self.compare_submission(thread, live)

    def compare_words(self, seq, said, words):
        """The statement and conditions are those that the record commits to; or they were erased, and a record says so."""
        if words is None and seq in self.erased():
            return
        given = commitment("words", bytes.fromhex(words["salt"]), words["said"]) if words else ""
        if given != said.get("words", ""):
            self.fails("words_changed", organisation=said["org_name"])

    def erased(self):
        """The records whose statement was erased."""
        rows = self.threads.get("erasures", [])
        return {seq for _, said in rows if said["purpose"] == "words" for seq in said["seqs"]}

    def compare_submission(self, thread, live):
        """The same in the text of the submission, from which the documents are made."""
        slugs = {position["thread"]: position["slug"] for position in self.proofs["positions"]}
        printed = {}
        for signature in self.submission["signatures"]:
            if signature["position"] == slugs[thread]:
                printed[signature["organisation"]] = signature
        for row in self.signatories:
            if row["position"] != thread or row["org"] not in live:
                continue
            signature = printed.pop(row["slug"], None)
            statement = row["words"]["said"].get("statement", "") if row.get("words") else ""
            if signature is None:
                self.fails("signatory_missing", organisation=row["org_name"])
            elif (signature["name"], signature["stance"]) != (row["org_name"], row["stance"]):
                self.fails("signatory_changed", organisation=row["org_name"], what="submission.json")
            elif signature["statement"] != statement:
                self.fails("words_changed", organisation=row["org_name"])
        for signature in printed.values():
            self.fails("signatory_extra", organisation=signature["name"])

    def compare_points(self, slug, said):
        parts = ("action", "article", "existing", "demanded", "reasons")
        signed = [[point[part] for part in parts] for point in said["points"]]
        sent = [[point[part] for part in parts] for point in self.submission["points"] if point["position"] == slug]
        if signed != sent:
            self.fails("points_changed", title=said["title"])

    def submitted(self, closed):
        """The record that the submission left: its text, its documents, the end of each position."""
        found = [
            (seq, said)
            for seq, said in self.threads.get(self.proofs["submission"], [])
            if said["kind"] == "submitted"
        ]
        if not found:
            self.fails("not_submitted")
            return
        said = found[-1][1]
        before = len(self.problems)
        if said["text_sha256"] != sha256(self.files["submission.json"]):
            self.fails("submission_changed")
        for name, fingerprint in sorted(said["files"].items()):
            if name not in self.files:
                self.fails("document_missing", name=name)
            elif sha256(self.files[name]) != fingerprint:
                self.fails("document_changed", name=name)
        for thread, closing in sorted(said["closed"].items()):
            if thread not in closed:
                self.fails("position_missing", thread=thread)
            elif closed[thread] is not None and closed[thread] != closing:
                self.fails("not_closed", title=thread)
        for thread in sorted(set(closed) - set(said["closed"])):
            self.fails("not_closed", title=thread)
        if len(self.problems) == before:
            self.passes("ok_submitted", at=said["at"], number=len(said["files"]))

    def against(self, receipt):
        """What somebody kept from earlier: its log is the beginning of this one, its record is still there."""
        try:
            seq, record = receipt["seq"], receipt["record"].encode()
            said = json.loads(receipt["record"])
            note = Note(receipt["checkpoint"])
            proof = [base64.b64decode(step, validate=True) for step in receipt["proof"]]
            signed = note.is_signed_by(receipt["key"])
            if receipt["format"] != RECEIPT_FORMAT or not isinstance(seq, int):
                raise ValueError(receipt["format"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Undecided("against_unreadable", why=error)
        if root_from(leaf_hash(record), seq, note.size, proof) != note.root:
            raise Undecided("against_own", why=Sentence("what_proof"))
        if not signed:
            raise Undecided("against_own", why=Sentence("what_signature"))
        if note.origin != self.note.origin:
            self.fails("against_log", log=note.origin)
            return
        if receipt["key"].strip() not in self.keys_before():
            self.fails("against_key", key=receipt["key"].strip())
        before = len(self.problems)
        if seq < len(self.leaves) and self.leaves[seq] != leaf_hash(record):
            self.fails("against_record")
        if note.size > len(self.leaves):
            if self.latest() > said["at"]:
                self.fails("against_shorter", size=note.size, own=len(self.leaves), at=said["at"])
                return
            raise Undecided("against_newer", size=note.size, own=len(self.leaves))
        if root_of(self.leaves[: note.size]) != note.root:
            self.fails("against_root", at=said["at"], size=note.size)
        self.against_signature(seq, said)
        if len(self.problems) == before:
            self.passes("ok_against", at=said["at"], size=note.size)

    def latest(self):
        """The moment of the last record in the file."""
        return max(said["at"] for rows in self.threads.values() for _, said in rows)

    def keys_before(self):
        """The key of the checkpoint, and those that it followed: each change is signed by both."""
        keys = [self.text("key.txt").strip()]
        for _, said in reversed(self.threads.get("key", [])):
            message = "key-rotated\n{old}\n{new}\n".format(**said).encode()
            names = [("new", "by_new")] + ([("old", "by_old")] if said["by_old"] else [])
            if said["new"] == keys[-1] and all(
                is_signed(key_bytes(said[key]), message, base64.b64decode(said[by])) for key, by in names
            ):
                keys.append(said["old"])
        return keys

    def against_signature(self, seq, said):
        """The record of the receipt is about this submission: then it lies in the file, and counts or was ended."""
        if said["thread"] not in self.threads:
            return
        rows = self.threads[said["thread"]]
        if seq not in [number for number, _ in rows]:
            self.fails("against_missing_record", seq=seq)
            return
        if said["kind"] != "cosign":
            return
        listed = [row["seq"] for row in self.signatories]
        ended = [
            number
            for number, later in rows
            if number > seq
            and (
                (later["kind"] in ("cosign", "withdraw", "lapse") and later.get("org") == said["org"])
                or later["kind"] == "version-opened"
            )
        ]
        if seq not in listed and not ended:
            self.fails("against_not_listed", seq=seq)


class Replay:
    """The records of a position, one after the other, up to the end of signing for this submission."""

    def __init__(self, check, thread, fingerprint, version, title):
        self.check, self.rows = check, check.threads.get(thread, [])
        self.fingerprint, self.version, self.title = fingerprint, version, title
        self.open, self.live, self.closed = None, {}, None

    def until_closed(self):
        """The number of the closing record, or None when there is none."""
        for seq, said in self.rows:
            if said["kind"] == "version-opened":
                self.open, self.live = said, {}
                if said["version"] == self.version and said["text_sha256"] != self.fingerprint:
                    self.check.fails("text_changed", title=self.title)
            elif said["kind"] == "cosign":
                self.sign(seq, said)
            elif said["kind"] in ("withdraw", "lapse"):
                self.end(seq, said)
            elif said["kind"] == "closed" and said["submission"] == self.check.proofs["submission"]:
                self.compare_end(said)
                return seq
        self.check.fails("not_closed", title=self.title)
        return None

    def sign(self, seq, said):
        values = {"organisation": said["org_name"], "seq": seq}
        if self.open is None or said["version"] != self.open["version"]:
            self.check.fails("signed_not_open", **values)
        elif said["text_sha256"] != self.open["text_sha256"]:
            self.check.fails("signed_other_text", **values)
        elif said["at"] > self.open["until"]:
            self.check.fails("signed_late", **values)
        self.live[said["org"]] = (seq, said)

    def end(self, seq, said):
        if self.live.pop(said["org"], None) is None:
            self.check.fails("ended_unknown", seq=seq)

    def compare_end(self, said):
        rows = sorted([org, seq] for org, (seq, _) in self.live.items())
        if said["version"] != self.version or said["text_sha256"] != self.fingerprint:
            self.check.fails("text_changed", title=self.title)
        if (said["live_count"], said["live_sha256"]) != (len(rows), sha256(canonical(rows))):
            self.check.fails("live_list", title=self.title)


# --- Saying it ------------------------------------------------------------------------------


def sentence(language, name, values):
    words = WORDS[language]
    values = {key: words[value] if isinstance(value, Sentence) else value for key, value in values.items()}
    return words[name].format(**values)


def language_of(wish):
    if wish:
        return wish
    try:
        own = locale.getlocale()[0] or os.environ.get("LANG", "")
    except ValueError:
        own = os.environ.get("LANG", "")
    return "sl" if own.lower().startswith(("sl", "slov")) else "en"


def judge(path, against=None, key=None):
    """(exit code, what passed, what failed, why nothing more can be said): sentences by name. Never raises."""
    try:
        files = read_bundle(path)
        receipt = read_receipt(against) if against else None
    except Undecided as end:
        return UNDECIDED, [], [], (end.name, end.values)
    except Exception as error:
        return UNDECIDED, [], [], unexpected(error)
    return judge_files(files, receipt, key)


def judge_files(files, receipt=None, key=None):
    """The same of files by name, against a receipt that was read already."""
    check, end = Check(files), None
    try:
        check.run(receipt, key)
    except Undecided as undecided:
        end = (undecided.name, undecided.values)
    except Exception as error:  # Whatever else a damaged file can bring about.
        end = unexpected(error)
    # What failed stays failed: damage to something else is no way out.
    code = INVALID if check.problems else UNDECIDED if end else VALID
    return code, check.passed, check.problems, end


def unexpected(error):
    return "unexpected", {"why": "{}: {}".format(type(error).__name__, error)}


def read_receipt(path):
    try:
        with open(path, encoding="utf-8") as content:
            return json.load(content)
    except (OSError, ValueError) as error:
        raise Undecided("against_unreadable", why=error)


def report(result, language):
    """The lines for a person: what holds, what does not, and the verdict."""
    code, passed, problems, end = result
    for name, values in passed:
        yield "  +  " + sentence(language, name, values)
    for name, values in problems:
        yield "  !  " + sentence(language, name, values)
    if code == VALID:
        yield sentence(language, "valid", {})
    elif code == INVALID:
        if end:
            yield "  ?  " + sentence(language, *end)
        yield sentence(language, "invalid", {"problems": len(problems)})
    else:
        yield sentence(language, "undecided", {"why": sentence(language, *end)})


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--against", help="a receipt (JSON) that you kept from earlier")
    parser.add_argument("--key", help="the public key, from somewhere else than this file")
    parser.add_argument("--language", choices=sorted(WORDS))
    chosen = parser.parse_args(arguments)
    result = judge(chosen.path, chosen.against, chosen.key)
    for line in report(result, language_of(chosen.language)):
        try:
            print(line)
        except UnicodeEncodeError:
            print(line.encode("ascii", "replace").decode())
    return result[0]


if __name__ == "__main__":
    sys.exit(main())
