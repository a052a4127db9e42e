// What both node peers do alike: verify the token, find the caller on the roster, answer the same fields.
import crypto from "node:crypto";
import fs from "node:fs";
import { MongoClient } from "mongodb";

const KEY = crypto.createPublicKey(fs.readFileSync(process.env.PEER_PUBLIC_KEY));
const FIELDS = ["session_id", "cohort_id", "number", "of", "starts_at", "ends_at", "standing", "place", "agenda"];
const verified = new Map();

export class Refused extends Error { constructor(status) { super(String(status)); this.status = status; } }

export function personOf(authorization) {
  const token = (authorization ?? "").replace(/^Bearer /, "");
  const digest = crypto.createHash("sha256").update(token).digest("base64");
  const known = verified.get(digest);
  if (known && known.exp > Date.now() / 1000) return known.sub;
  const [head, body, signature] = token.split(".");
  const key = { key: KEY, dsaEncoding: "ieee-p1363" };
  if (!signature || !crypto.verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))) throw new Refused(401);
  const claims = JSON.parse(Buffer.from(body, "base64url"));
  if (claims.aud !== "commonthread" || claims.exp < Date.now() / 1000) throw new Refused(401);
  verified.set(digest, claims);
  return claims.sub;
}

export function shown(session, person) {
  if (!session || !session.invited.includes(person)) throw new Refused(404);
  const out = { my_answer: session.rsvps[person] ?? null };
  for (const name of FIELDS) out[name] = session[name];
  return out;
}

export async function sessions() {
  const client = await new MongoClient(process.env.PEER_MONGO, { w: "majority", journal: true }).connect();
  return client.db().collection("sessions");
}

export async function show(collection, id, person) { return shown(await collection.findOne({ _id: id }), person); }

export async function rsvp(collection, id, person, answer) {
  if (!["yes", "no", "maybe"].includes(answer)) throw new Refused(422);
  for (let n = 0; n < 8; n++) {
    const session = await collection.findOne({ _id: id });
    if (!session || !session.invited.includes(person)) throw new Refused(404);
    const update = { $set: { [`rsvps.${person}`]: answer }, $inc: { revision: 1 } };
    if ((await collection.updateOne({ _id: id, revision: session.revision }, update)).matchedCount) return { answer };
  }
  throw new Refused(409);
}

export function serve(http, doShow, doRsvp) {
  return http.createServer(async (req, res) => {
    const answer = (status, body) => { res.writeHead(status, { "content-type": "application/json" }); res.end(JSON.stringify(body)); };
    try {
      const person = personOf(req.headers.authorization), id = req.url.split("/")[3];
      if (req.method === "GET") return answer(200, await doShow(id, person));
      let text = "";
      for await (const chunk of req) text += chunk;
      answer(200, await doRsvp(id, person, JSON.parse(text).answer));
    } catch (reason) { answer(reason.status ?? reason.code ?? 500, {}); }
  }).listen(Number(process.env.PEER_PORT), "127.0.0.1");
}
