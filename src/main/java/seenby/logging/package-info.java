/** The log as JSON. */
@NullMarked
package seenby.logging;

import org.jspecify.annotations.NullMarked;
