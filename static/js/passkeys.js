// Asks the browser for a passkey and sends what it gives. The form says in data-passkey whether
// one is made ("create") or used ("get"), and in data-options with which options of the server.

"use strict";

function bytesOf(text) {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function textOf(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(descriptors) {
  return (descriptors || []).map((descriptor) => ({ ...descriptor, id: bytesOf(descriptor.id) }));
}

async function createPasskey(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    extensions: JSON.stringify(made.getClientExtensionResults()),
    response: {
      attestationObject: textOf(made.response.attestationObject),
      clientDataJSON: textOf(made.response.clientDataJSON),
      transports: made.response.getTransports ? made.response.getTransports() : null,
    },
  };
}

async function usePasskey(options) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  return {
    id: used.id,
    rawId: textOf(used.rawId),
    type: used.type,
    assertionClientExtensions: JSON.stringify(used.getClientExtensionResults()),
    response: {
      authenticatorData: textOf(used.response.authenticatorData),
      clientDataJSON: textOf(used.response.clientDataJSON),
      signature: textOf(used.response.signature),
      userHandle: used.response.userHandle ? textOf(used.response.userHandle) : null,
    },
  };
}

async function ask(form) {
  const part = (name) => form.querySelector(`.passkey-${name}`);
  part("failed").hidden = true;
  part("again").hidden = true;
  if (!window.PublicKeyCredential) {
    part("waiting").hidden = true;
    part("unknown").hidden = false;
    return;
  }
  part("waiting").hidden = false;
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = await (form.dataset.passkey === "create" ? createPasskey(options) : usePasskey(options));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    console.warn(error);
    part("waiting").hidden = true;
    part("failed").hidden = false;
    part("again").hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.querySelector(".passkey-again").addEventListener("click", () => ask(form));
  ask(form);
}
