// usage: node digest.js MODULE LIST: what digest.c prints, from the module that it is for wasm32.
const fs = require("fs");

const instance = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(process.argv[2])), {});
const { memory, room, room_size, digest } = instance.exports;
for (const name of fs.readFileSync(process.argv[3], "utf8").split("\n").filter((line) => line !== "")) {
  const bytes = fs.readFileSync(name);
  if (bytes.length > room_size()) {
    throw new Error(`${name}: too long`);
  }
  new Uint8Array(memory.buffer).set(bytes, room());
  console.log(`${BigInt.asUintN(64, digest(bytes.length)).toString(16).padStart(16, "0")} ${name}`);
}
