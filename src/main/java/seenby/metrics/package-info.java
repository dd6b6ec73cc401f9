/** The metrics of this server, in the formats of Prometheus. It is told what to measure, and knows no other room. */
@NullMarked
package seenby.metrics;

import org.jspecify.annotations.NullMarked;
