/**
 * Files of requests, up to millions of them, sent by a durable worker: {@link dev.aikit.durable.batch.Batch} reads them as
 * there is room, and writes each result once, whatever happens to the process meanwhile.
 */
@NullMarked
package dev.aikit.durable.batch;

import org.jspecify.annotations.NullMarked;
