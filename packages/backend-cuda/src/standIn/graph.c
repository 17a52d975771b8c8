/* Capture, graphs, and what is instantiated from them. */
#include "standIn.h"

EXPORT int cuStreamBeginCapture_v2(Handle *stream, int mode) {
  CONTEXT_CALL("cuStreamBeginCapture", "%d", mode);
  CHECK(stream, STREAM, "cuStreamBeginCapture");
  if (stream->isCapturing) return CAPTURE_UNSUPPORTED;
  finish(stream);
  stream->isCapturing = 1;
  return SUCCESS;
}

EXPORT int cuStreamEndCapture(Handle *stream, Handle **graph) {
  CONTEXT_CALL("cuStreamEndCapture", "");
  CHECK(stream, STREAM, "cuStreamEndCapture");
  if (!stream->isCapturing) return INVALID_VALUE;
  *graph = make(GRAPH);
  (*graph)->first = stream->first;
  (*graph)->last = stream->last;
  stream->first = stream->last = NULL;
  stream->isCapturing = 0;
  return SUCCESS;
}

EXPORT int cuGraphCreate(Handle **graph, uint32_t flags) {
  CONTEXT_CALL("cuGraphCreate", "%u", flags);
  *graph = make(GRAPH);
  return SUCCESS;
}

/* The child is cloned. Nodes run in the order of their making, so each has to depend on the one before. */
EXPORT int cuGraphAddChildGraphNode(Handle **node, Handle *graph, Handle *const *dependencies, size_t count,
                                    Handle *child) {
  CONTEXT_CALL("cuGraphAddChildGraphNode", "%zu", count);
  CHECK(graph, GRAPH, "cuGraphAddChildGraphNode");
  CHECK(child, GRAPH, "cuGraphAddChildGraphNode");
  if (count > 0) CHECK(dependencies[0], NODE, "cuGraphAddChildGraphNode");
  if ((count == 0) != (graph->first == NULL)) fault("cuGraphAddChildGraphNode: nodes that are not in a row");
  Handle *clone = make(NODE);
  copyWork(clone, child);
  append(graph, &(Work){.kind = CHILD, .child = clone});
  *node = clone;
  return SUCCESS;
}

EXPORT int cuGraphInstantiateWithFlags(Handle **executable, Handle *graph, unsigned long long flags) {
  CONTEXT_CALL("cuGraphInstantiate", "%llu", flags);
  CHECK(graph, GRAPH, "cuGraphInstantiate");
  *executable = make(GRAPH_EXEC);
  copyWork(*executable, graph);
  return SUCCESS;
}

EXPORT int cuGraphLaunch(Handle *executable, Handle *stream) {
  CONTEXT_CALL("cuGraphLaunch", "");
  CHECK(executable, GRAPH_EXEC, "cuGraphLaunch");
  CHECK(stream, STREAM, "cuGraphLaunch");
  return queue(stream, (Work){.kind = CHILD, .child = executable});
}

EXPORT int cuGraphExecDestroy(Handle *executable) {
  CONTEXT_CALL("cuGraphExecDestroy", "");
  CHECK(executable, GRAPH_EXEC, "cuGraphExecDestroy");
  dispose(executable);
  return SUCCESS;
}

EXPORT int cuGraphDestroy(Handle *graph) {
  CONTEXT_CALL("cuGraphDestroy", "");
  CHECK(graph, GRAPH, "cuGraphDestroy");
  dispose(graph);
  return SUCCESS;
}
