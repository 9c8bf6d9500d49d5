/** The seam between a call and the network: what a transport must do, free of any HTTP library. */
@NullMarked
package dev.aikit.internal.http;

import org.jspecify.annotations.NullMarked;
