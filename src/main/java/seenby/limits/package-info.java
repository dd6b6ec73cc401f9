/** What is possible at best: hubs without accounts and receipts, to which {@code bench limits} compares. */
@NullMarked
package seenby.limits;

import org.jspecify.annotations.NullMarked;
