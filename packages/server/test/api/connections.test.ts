import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Connections } from "../../src/api/connections.ts";

const head = "POST / HTTP/1.1\r\nHost: x\r\n";
const body = `${head}Content-Length: 1000\r\n\r\n{`;
const requestMs = 600;

test.each([
  ["a head that stops", head, ""],
  ["a head that trickles", head, "X"],
  ["a body that stops", body, ""],
  ["a body that trickles", body, " "],
  ["nothing at all", "", ""],
])("%s is let go when its time is over", async (_, begins, goesOn) => {
  const server = new Connections({ requestMs, keepAliveMs: 60_000 }).serve((request, response) => {
    request.resume().on("end", () => response.end());
    request.on("error", () => undefined);
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const began = performance.now();
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1", () => socket.write(begins));
  const trickle = setInterval(() => goesOn !== "" && socket.write(goesOn), 50);
  socket.on("error", () => undefined).on("data", () => undefined);
  await once(socket, "close");
  clearInterval(trickle);
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(requestMs / 2);
  expect(took).toBeLessThan(15 * requestMs);
});
