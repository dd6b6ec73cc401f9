package seenby.crash;

/** A kind of fault. Those that stand in a list more often happen more often. */
record FaultKind(String name, Runnable fault) {}
