/** The example programs, run against a real server. */
@NullMarked
package seenby.example;

import org.jspecify.annotations.NullMarked;
