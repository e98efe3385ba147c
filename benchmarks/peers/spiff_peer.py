"""A sign-off with SpiffWorkflow: the instance read, one of its tasks run, the instance written."""

import io
import sqlite3
import sys

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from benchmarks.peers.turns import BEGINNING, SEATS, SETTINGS, event, take

PATH, PROGRAMMES = sys.argv[1], int(sys.argv[2])
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TABLES = """
create table instance (id integer primary key, body text not null, version integer not null,
  seq integer not null, head blob not null);
create table event (id integer primary key, instance_id integer not null references instance (id),
  seq integer not null, body blob not null, hash blob not null, unique (instance_id, seq));
"""


def process() -> str:
    """The Board as BPMN: three tasks side by side, and the end when all are done."""
    flows, nodes = [("start", "open")], ['<startEvent id="start"/>', '<endEvent id="end"/>']
    nodes += [f'<parallelGateway id="{name}"/>' for name in ("open", "close")]
    for seat in SEATS:
        nodes.append(f'<userTask id="{seat}" name="{seat}"/>')
        flows += [("open", seat), (seat, "close")]
    flows.append(("close", "end"))
    lines = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(flows)
    )
    inside = f'<process id="board" isExecutable="true">{"".join(nodes)}{lines}</process>'
    return f'<definitions xmlns="{MODEL}" id="d" targetNamespace="urn:peers">{inside}</definitions>'


def begun() -> BpmnWorkflow:
    """An instance that waits for its three seats."""
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(process().encode()))
    workflow = BpmnWorkflow(parser.get_spec("board"))
    workflow.do_engine_steps()
    return workflow


def sign(instance: int, seat: str) -> None:
    """Give the approval of one seat, in one transaction."""
    DATABASE.execute("begin immediate")
    asked = "select body, version, seq, head from instance where id = ?"
    stored, version, seq, head = DATABASE.execute(asked, (instance,)).fetchone()
    workflow = SERIALIZER.deserialize_json(stored)
    task = workflow.get_next_task(state=TaskState.READY, spec_name=seat)
    task.data["verdict"] = "approve"
    task.run()
    workflow.do_engine_steps()
    body, link, _ = event(instance, seq + 1, seat, head)
    DATABASE.execute(
        "update instance set body = ?, version = ?, seq = ?, head = ? where id = ?",
        (SERIALIZER.serialize_json(workflow), version + 1, seq + 1, link, instance),
    )
    DATABASE.execute(
        "insert into event (instance_id, seq, body, hash) values (?, ?, ?, ?)",
        (instance, seq + 1, body, link),
    )
    DATABASE.execute("commit")


SERIALIZER = BpmnWorkflowSerializer()
DATABASE = sqlite3.connect(PATH, isolation_level=None)
for setting in SETTINGS:
    DATABASE.execute(f"pragma {setting}")
DATABASE.executescript(TABLES)
DATABASE.execute("begin")
FRESH = SERIALIZER.serialize_json(begun())
DATABASE.executemany(
    "insert into instance values (?, ?, 1, 0, ?)",
    [(number, FRESH, BEGINNING) for number in range(1, PROGRAMMES + 1)],
)
DATABASE.execute("commit")
take(sign, PROGRAMMES)
