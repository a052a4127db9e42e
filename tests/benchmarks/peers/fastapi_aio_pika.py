"""FastAPI in front, aio-pika's RPC pattern to a second process that owns the data."""

import asyncio
import os
from contextlib import asynccontextmanager

import aio_pika
import uvicorn
from aio_pika.patterns import RPC
from common import Refused, change, person_of, shown
from fastapi import FastAPI, Header
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from pymongo import AsyncMongoClient


class Rsvp(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer: str


@asynccontextmanager
async def lifespan(app):
    connection = await aio_pika.connect_robust(os.environ["PEER_AMQP"])
    app.state.rpc = await RPC.create(await connection.channel())
    yield
    await connection.close()


app = FastAPI(openapi_url=None, lifespan=lifespan)


def replied(reply):
    return JSONResponse(reply["body"], status_code=reply["status"])


@app.get("/v1/sessions/{session_id}")
async def show(session_id: str, authorization: str = Header()):
    person = person_of(authorization)
    return replied(await app.state.rpc.call("show", kwargs={"session_id": session_id, "person": person}))


@app.put("/v1/sessions/{session_id}/rsvp")
async def rsvp(session_id: str, body: Rsvp, authorization: str = Header()):
    asked = {"session_id": session_id, "person": person_of(authorization), "answer": body.answer}
    return replied(await app.state.rpc.call("rsvp", kwargs=asked))


async def back():
    client = AsyncMongoClient(os.environ["PEER_MONGO"], w="majority", journal=True)
    sessions = client.get_default_database().sessions

    async def do_show(*, session_id, person):
        try:
            return {"status": 200, "body": shown(await sessions.find_one({"_id": session_id}), person)}
        except Refused as reason:
            return {"status": reason.status, "body": {}}

    async def do_rsvp(*, session_id, person, answer):
        try:
            for _ in range(8):
                where, update = change(await sessions.find_one({"_id": session_id}), person, answer)
                if (await sessions.update_one(where, update)).matched_count:
                    return {"status": 200, "body": {"answer": answer}}
        except Refused as reason:
            return {"status": reason.status, "body": {}}
        return {"status": 409, "body": {}}

    connection = await aio_pika.connect_robust(os.environ["PEER_AMQP"])
    channel = await connection.channel()
    await channel.set_qos(prefetch_count=64)
    rpc = await RPC.create(channel)
    await rpc.register("show", do_show, auto_delete=True)
    await rpc.register("rsvp", do_rsvp, auto_delete=True)
    await asyncio.Future()


if __name__ == "__main__":
    if os.environ["PEER_PART"] == "back":
        asyncio.run(back())
    else:
        uvicorn.run(
            app, host="127.0.0.1", port=int(os.environ["PEER_PORT"]), log_level="warning", access_log=False
        )
