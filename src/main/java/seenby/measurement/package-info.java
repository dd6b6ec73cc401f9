/** Measures servers for the benches: their processes, and in Redis the memory of keys and slow commands. */
@NullMarked
package seenby.measurement;

import org.jspecify.annotations.NullMarked;
