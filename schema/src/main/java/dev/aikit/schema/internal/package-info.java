/** Derives JSON schemas. Nothing here is for users: the client finds it by itself. */
@NullMarked
package dev.aikit.schema.internal;

import org.jspecify.annotations.NullMarked;
