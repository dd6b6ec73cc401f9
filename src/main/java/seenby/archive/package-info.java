/** The sweep from Redis to files, and receipts read back from them. */
@NullMarked
package seenby.archive;

import org.jspecify.annotations.NullMarked;
