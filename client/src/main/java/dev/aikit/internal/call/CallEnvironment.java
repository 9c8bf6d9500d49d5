package dev.aikit.internal.call;

import dev.aikit.OpenAICall;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What all calls of a client share.
 *
 * @param callbackThreads for callbacks that belong nowhere else
 * @param uncaught hears of what callbacks throw; must not throw
 */
record CallEnvironment(Executor callbackThreads, BiConsumer<OpenAICall<?>, Throwable> uncaught) {}
