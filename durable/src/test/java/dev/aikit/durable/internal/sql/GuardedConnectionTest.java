package dev.aikit.durable.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedConnectionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                " \n commit;",
                "END",
                "ROLLBACK",
                "rollback work",
                "PREPARE TRANSACTION 'x'",
                "-- all of it\nCOMMIT",
                "/* all\nof it */ COMMIT",
                "; COMMIT",
                "INSERT INTO note VALUES ('a'); COMMIT",
                "INSERT INTO note VALUES ('it''s'); -- and\n ROLLBACK; SELECT 1"
            })
    void aStatementCannotEndTheTransaction(String sql) throws Exception {
        try (Connection store = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Connection guarded = GuardedConnection.of(store);

            assertThatThrownBy(() -> guarded.createStatement().execute(sql))
                    .hasMessageContaining("belongs to the store");
            assertThatThrownBy(() -> guarded.prepareStatement(sql)).hasMessageContaining("belongs to the store");
        }
    }

    @Test
    void nothingIsSetThatWouldStayWithTheConnection() throws Exception {
        try (Connection store = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Connection guarded = GuardedConnection.of(store);

            assertThatThrownBy(() -> guarded.setSchema("another")).hasMessageContaining("belongs to the store");
            assertThatThrownBy(() -> guarded.setReadOnly(true)).hasMessageContaining("belongs to the store");
        }
    }

    @Test
    void whatOnlyLooksLikeItIsRun() throws Exception {
        try (Connection store = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            var statement = GuardedConnection.of(store).createStatement();
            statement.execute("CREATE TABLE note (text TEXT, \"; commit\" TEXT)");
            statement.execute("CREATE TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END");
            statement.execute("INSERT INTO note VALUES ('it''s over; COMMIT', '-- ') /* ; COMMIT */ -- ; COMMIT");
            statement.execute("SAVEPOINT mine");
            statement.execute("ROLLBACK TO mine");

            assertThat(statement.executeQuery("SELECT text FROM note").getString(1))
                    .isEqualTo("it's over; COMMIT");
        }
    }
}
