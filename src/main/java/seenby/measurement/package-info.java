/** Looks straight into Redis for the benches: what keys weigh, which calls are slow. */
@NullMarked
package seenby.measurement;

import org.jspecify.annotations.NullMarked;
