// node's own http server and the mongodb driver: the floor under everything else.
import http from "node:http";
import { rsvp, serve, sessions, show } from "./common.mjs";

const collection = await sessions();
serve(http, (id, person) => show(collection, id, person), (id, person, answer) => rsvp(collection, id, person, answer));
