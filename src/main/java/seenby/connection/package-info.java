/**
 * What a slow client may cost: bytes, within one budget, and never a thread. Headers have a deadline, bodies are
 * collected before a thread handles the request, and answers are sent while no thread waits.
 */
@NullMarked
package seenby.connection;

import org.jspecify.annotations.NullMarked;
