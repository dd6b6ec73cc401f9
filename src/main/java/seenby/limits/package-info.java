/** What is possible at best: hubs without accounts, receipts and store, to which {@code bench limits} compares. */
@NullMarked
package seenby.limits;

import org.jspecify.annotations.NullMarked;
