package dev.aikit.cli;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.StoredCall;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** Looks into the stores of durable workers. */
@Command(
        name = "worker",
        description = {
            "Sends the calls in the store of a durable worker, shows, redrives and cancels",
            "them. It may be used while workers work with the store.",
            "",
            "A store is an SQLite file, or a PostgreSQL database such as",
            "jdbc:postgresql://db.example/calls?user=me, with its password in PGPASSWORD.",
            "Callbacks are code of the program that submitted the calls: 'run' sends, and",
            "keeps the answers for it. All others send nothing."
        },
        subcommands = WorkerRunCommand.class,
        footer = {
            "",
            "Examples:",
            "  aikit worker run --store invoices.db",
            "  aikit worker list --store invoices.db",
            "  aikit worker show --store invoices.db invoice-4711",
            "  aikit worker dead --store invoices.db",
            "  aikit worker redrive --store invoices.db invoice-4711"
        })
final class WorkerCommand extends Group {
    private static final int PAGE = 500;

    @ParentCommand
    Aikit options;

    @Option(
            names = "--store",
            paramLabel = "STORE",
            scope = ScopeType.INHERIT,
            description = "The store: an SQLite file, or jdbc:postgresql:…")
    @Nullable
    String store;

    private <V> V in(Function<DurableWorker, V> what) throws Exception {
        options.refuseServerOptions(spec, "asks no server");
        DurableStore there = store();
        return BatchRunner.of(() -> {
            try (DurableWorker worker = there.inspect()) {
                return what.apply(worker);
            }
        });
    }

    /** The one that is asked for. */
    DurableStore store() {
        if (store == null)
            throw new IllegalArgumentException("--store is missing: an SQLite file, or jdbc:postgresql:…");
        if (!StoreName.isDatabase(store) && !Files.isRegularFile(Path.of(store)))
            throw new IllegalArgumentException("there is no file " + store);
        return StoreName.at(options.terminal, store);
    }

    @Command(
            name = "list",
            description = "Lists calls by their state, in the order of submission.",
            footer = {"", "Examples:", "  aikit worker list --store invoices.db --state READY"})
    int list(
            @Option(names = "--state", paramLabel = "NAME", description = "Only these: ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    DurableState state,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "The most of each state. Default: ${DEFAULT-VALUE}.")
                    int limit)
            throws Exception {
        if (limit < 1) throw new IllegalArgumentException("--limit: 1 or more expected, not " + limit);
        return in(worker -> {
            List<DurableState> states = state == null ? List.of(DurableState.values()) : List.of(state);
            for (DurableState each : states) worker.list(each, limit).forEach(this::print);
            StringBuilder counts = new StringBuilder();
            worker.counts().forEach((each, number) -> {
                if (number > 0) counts.append(counts.isEmpty() ? "" : ", ").append(each + " " + number);
            });
            options.terminal.say(counts.isEmpty() ? "there are no calls" : counts.toString());
            return ExitCode.OK;
        });
    }

    @Command(
            name = "dead",
            description = "Lists all calls that have been given up, each with its reason.",
            footer = {"", "Example:", "  aikit worker dead --store invoices.db"})
    int dead() throws Exception {
        return in(worker -> {
            for (List<StoredCall> page = worker.list(DurableState.DEAD, PAGE);
                    !page.isEmpty();
                    page = worker.list(DurableState.DEAD, page.get(page.size() - 1), PAGE)) page.forEach(this::print);
            return ExitCode.OK;
        });
    }

    @Command(
            name = "show",
            description = "Shows a call, and its answer if it has one.",
            footer = {"", "Example:", "  aikit worker show --store invoices.db invoice-4711"})
    int show(@Parameters(paramLabel = "KEY", description = "The call's key.") String key) throws Exception {
        return in(worker -> {
            StoredCall call = worker.find(key).orElseThrow(() -> unknown(key));
            if (options.json) {
                options.terminal.println(json(call));
                return ExitCode.OK;
            }
            json(call).fields().forEach((name, value) -> {
                if (!value.asText(value.toString()).isEmpty())
                    options.terminal.println(String.format("%-20s%s", name, value.asText(value.toString())));
            });
            return ExitCode.OK;
        });
    }

    @Command(
            name = "redrive",
            description = "Gives dead calls another life under the same key.",
            footer = {
                "",
                "Examples:",
                "  aikit worker redrive --store invoices.db invoice-4711",
                "  aikit worker redrive --store invoices.db --all"
            })
    int redrive(
            @Parameters(arity = "0..*", paramLabel = "KEY", description = "The keys.") @Nullable List<String> keys,
            @Option(names = "--all", description = "All dead calls.") boolean all)
            throws Exception {
        List<String> wanted = keys == null ? List.of() : keys;
        if (all != wanted.isEmpty()) throw new IllegalArgumentException("either keys or --all expected");
        return in(worker -> {
            List<String> some = new ArrayList<>(wanted);
            for (List<StoredCall> page = all ? worker.list(DurableState.DEAD, PAGE) : List.of();
                    !page.isEmpty();
                    page = worker.list(DurableState.DEAD, page.get(page.size() - 1), PAGE))
                page.forEach(call -> some.add(call.key()));
            return each(some, worker::redrive, "redriven", "is not dead, or not there");
        });
    }

    @Command(
            name = "cancel",
            description = "Ends calls whose callbacks have not begun.",
            footer = {"", "Example:", "  aikit worker cancel --store invoices.db invoice-4711"})
    int cancel(@Parameters(arity = "1..*", paramLabel = "KEY", description = "The keys.") List<String> keys)
            throws Exception {
        return in(worker -> each(keys, worker::cancel, "cancelled", "has ended, or is not there"));
    }

    private int each(List<String> keys, Function<String, Boolean> step, String done, String not) {
        int failed = 0;
        for (String key : keys) {
            if (step.apply(key)) continue;
            options.terminal.say(key + " " + not);
            failed++;
        }
        options.terminal.say(keys.size() - failed + " " + done);
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static IllegalArgumentException unknown(String key) {
        return new IllegalArgumentException("there is no call " + key + ": 'aikit worker list' lists the keys");
    }

    private void print(StoredCall call) {
        if (options.json) options.terminal.println(json(call));
        else
            options.terminal.println(String.join("  ", call.key(), call.state().name(), call.function(), call.reason())
                    .strip());
    }

    private static Json json(StoredCall call) {
        var response = call.response();
        Json json = Json.missing()
                .with("key", call.key())
                .with("state", call.state())
                .with("function", call.function())
                .with("callback", call.callback())
                .with("submitted_at", call.submittedAt().toString())
                .with("due", call.due().map(Object::toString).orElse(""))
                .with("sends", call.sends())
                .with("unclear_sends", call.unclearSends())
                .with("deliveries", call.deliveries())
                .with("unclear_deliveries", call.unclearDeliveries())
                .with("reason", call.reason());
        if (response == null) return json;
        return json.with("status", response.status())
                .with("answer", response.json().isPresent() ? response.json() : response.text());
    }
}
