// Moleculer over AMQP, two nodes: an http front and the service that owns the data.
import http from "node:http";
import moleculer from "moleculer";
import { rsvp, serve, sessions, show } from "./common.mjs";

const part = process.env.PEER_PART;
const socketOptions = { noDelay: Boolean(process.env.PEER_NODELAY) };
const transporter = { type: "AMQP", options: { url: process.env.PEER_AMQP, socketOptions } };
const namespace = process.env.PEER_PORT;
const broker = new moleculer.ServiceBroker({ namespace, nodeID: part, transporter, logLevel: "warn", requestTimeout: 10000 });
if (part === "back") {
  const collection = await sessions();
  broker.createService({
    name: "sessions",
    actions: {
      show: ctx => show(collection, ctx.params.id, ctx.params.person),
      rsvp: ctx => rsvp(collection, ctx.params.id, ctx.params.person, ctx.params.answer),
    },
  });
  await broker.start();
} else {
  await broker.start();
  await broker.waitForServices("sessions");
  serve(http, (id, person) => broker.call("sessions.show", { id, person }), (id, person, answer) => broker.call("sessions.rsvp", { id, person, answer }));
}
