/** The benches of what is stored: memory of receipts, time to find archived ones, and what archiving costs others. */
@NullMarked
package seenby.storage;

import org.jspecify.annotations.NullMarked;
