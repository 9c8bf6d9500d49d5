/**
 * Workers whose calls and callbacks survive the death of their process: {@link dev.aikit.durable.DurableWorker} keeps each
 * call, and the name of its callback, in a {@link dev.aikit.durable.DurableStore} before anything is sent.
 */
@NullMarked
package dev.aikit.durable;

import org.jspecify.annotations.NullMarked;
