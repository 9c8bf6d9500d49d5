package dev.aikit.local.internal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param port 0 for any that is free
 * @param documents a folder that the guide answers from too, or null
 * @param preload whether the built-in models load at once
 * @param files the folder that keeps uploaded files, or null for a temporary one
 * @param clock tells when files expire
 */
public record Settings(
        int port,
        List<Path> ggufFiles,
        @Nullable Path documents,
        boolean preload,
        @Nullable Path files,
        InstantSource clock,
        Limits limits) {}
