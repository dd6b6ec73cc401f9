/** Who may send a request, and how often. */
@NullMarked
package seenby.admission;

import org.jspecify.annotations.NullMarked;
