/** Measures Redis for the benches: how much memory keys take, and which commands are slow. */
@NullMarked
package seenby.measurement;

import org.jspecify.annotations.NullMarked;
