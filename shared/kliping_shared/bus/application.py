"""FastStream's part: routes as a broker with subscribers and publishers, from which AsyncAPI is generated too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from faststream import AckPolicy
from faststream._internal.endpoint.subscriber import SubscriberUsecase
from faststream.redis import RedisBroker, StreamSub
from faststream.redis.message import FAKE_CONSUMER, RedisBatchStreamMessage, RedisStreamMessage
from faststream.specification import AsyncAPI

from kliping_shared.bus.client import CONNECTION
from kliping_shared.bus.handling import Call
from kliping_shared.bus.route import Route, is_async, plain
from kliping_shared.bus.threads import OwnThread
from kliping_shared.contracts.registry import MODELS


def build_broker(url: str, routes: Sequence[Route], consumer: str, *, documented: bool = False) -> RedisBroker:
    """A broker that knows these routes. Connects to nothing yet.

    Only a ``documented`` one reads the handlers' types (AsyncAPI needs them): messages come to a handler as models
    already, and FastStream's own casting would cost a fifth of its time per message.
    """
    broker = RedisBroker(url, logger=None, apply_types=documented, **CONNECTION)  # type: ignore[arg-type]
    for route in routes:
        declare(broker, route, consumer, _typed(route, route.handler))
    return broker


def declare(broker: RedisBroker, route: Route, consumer: str, handler: Callable[..., Any]) -> Any:
    """Register a route with FastStream; gives its subscriber.

    Acknowledging is ours (MANUAL): FastStream would acknowledge apart from publishing, we do both in one transaction.
    """
    stream = StreamSub(route.consumes, group=route.group, consumer=consumer, batch=route.batch is not None)
    subscriber = broker.subscriber(
        stream=stream, ack_policy=AckPolicy.MANUAL, parser=_parse, decoder=_decode, title=route.name
    )
    subscriber(handler)
    if route.produces is not None:
        broker.publisher(stream=route.produces, schema=MODELS[route.produces], title=route.produces)
    return subscriber


async def calls_of(broker: RedisBroker, routes: Sequence[Route], consumer: str, threads: list[OwnThread]) -> list[Call]:
    """Declare the routes on a connected broker; one call each that runs a decoded message through FastStream's chain.

    A plain ``def`` handler gets a thread of its own, appended to ``threads`` for the caller to close.
    """
    calls: list[Call] = []
    for route in routes:
        subscriber = declare(broker, route, consumer, _typed(route, _runner(route, threads)))
        await SubscriberUsecase.start(subscriber)  # all but the reading loop, which is ours
        calls.append(_caller(route, subscriber))
    return calls


def _caller(route: Route, subscriber: Any) -> Call:
    kind = "stream" if route.batch is None else "bstream"

    async def call(message: Any) -> Any:
        raw = {"type": kind, "channel": route.consumes, "message_ids": [], "data": message}
        response = await subscriber.process_message(raw)
        return response.body

    return call


def _runner(route: Route, threads: list[OwnThread]) -> Callable[..., Any]:
    if is_async(route.handler):
        return route.handler
    thread = OwnThread(f"kliping-{route.group}")
    threads.append(thread)

    async def in_thread(message: Any) -> Any:
        return await thread.run(route.handler, message)

    return in_thread


def _typed(route: Route, handler: Callable[..., Any]) -> Callable[..., Any]:
    """``handler`` with the name and types that the route gives it, whatever kind of callable it is."""

    async def handle(message: Any) -> Any:
        return await handler(message)

    model: Any = route.model if route.batch is None else list[route.model]  # type: ignore[name-defined]
    handle.__name__ = handle.__qualname__ = route.group
    handle.__doc__ = plain(route.handler).__doc__
    handle.__annotations__ = {"message": model, "return": Any}
    return handle


async def _parse(raw: Any) -> Any:
    """The envelope only: entries are decoded, one by one, before they come here."""
    kind = RedisStreamMessage if raw["type"] == "stream" else RedisBatchStreamMessage
    return kind(raw_message=raw, body=b"", consumer=FAKE_CONSUMER, group=None)


async def _decode(message: Any) -> Any:
    return message.raw_message["data"]


def asyncapi(routes: Sequence[Route], *, version: str) -> dict[str, Any]:
    """The AsyncAPI 3 document of these routes."""
    broker = build_broker("redis://redis:6379", routes, "worker", documented=True)
    specification = AsyncAPI(
        broker,
        title="Kliping",
        version=version,
        description="Messages between Kliping's services. Each is one Redis stream entry: its field `__data__` "
        "holds the JSON below, `article_id` names the article, `traceparent` its trace where traces are made.",
    ).to_specification()
    document: dict[str, Any] = specification.to_jsonable()
    return document
