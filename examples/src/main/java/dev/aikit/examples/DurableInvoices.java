package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableDelivery;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.SqliteStore;
import dev.aikit.local.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Calls that outlive the worker that took them: one worker keeps them and ends, another one brings the callbacks. */
public final class DurableInvoices {
    private DurableInvoices() {}

    /** Runs it. */
    public static void main(String... arguments) throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("invoices");
        Path file = folder.resolve("invoices.db");
        try (LocalServer server = LocalServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL()))) {
            try (DurableWorker first = builder(file, client).submitsOnly().open()) {
                for (int number = 1; number <= 3; number++) submit(client, first, "invoice-" + number);
            }
            System.out.println("three calls are kept, and their worker is gone");

            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE invoice (number TEXT, said TEXT)");
                try (DurableWorker second = builder(file, client).open()) {
                    // Submitted again under its key, a call is the same call: its end can be waited for.
                    for (int number = 1; number <= 3; number++)
                        submit(client, second, "invoice-" + number).await();
                }
                try (ResultSet rows = statement.executeQuery("SELECT number FROM invoice ORDER BY number")) {
                    while (rows.next()) System.out.println(rows.getString(1) + " was read, exactly once");
                }
            }
        }
    }

    private static DurableWorkerBuilder builder(Path file, OpenAI client) {
        return DurableWorker.builder()
                .store(SqliteStore.at(file))
                .client(client)
                .callback("read-invoice", OpenAIChatCompletionsResult.class, DurableInvoices::read);
    }

    private static OpenAICall<OpenAIChatCompletionsResult> submit(OpenAI client, DurableWorker worker, String key) {
        return client.chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user("How do I wait for the callback of " + key + "?")),
                        p -> p.model("aikit-guide").on(worker.call(key, "read-invoice")));
    }

    /** The row is written together with the end of the call. */
    private static void read(DurableDelivery call, OpenAIChatCompletionsResult result) {
        String said = result.choice().text();
        call.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO invoice VALUES (?, ?)")) {
                insert.setString(1, call.key());
                insert.setString(2, said);
                insert.executeUpdate();
            }
        });
    }
}
