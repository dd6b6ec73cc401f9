/** The sweep that moves due receipts and messages from Redis to files, and the receipts that are read from there. */
@NullMarked
package seenby.archive;

import org.jspecify.annotations.NullMarked;
