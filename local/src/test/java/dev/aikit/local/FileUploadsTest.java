package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are refused, break off, or come together. */
class FileUploadsTest extends FilesServer {
    @ParameterizedTest
    @ValueSource(ints = {LARGEST + 1, LARGEST + 5_000_000})
    void refusesAFileThatIsTooLong(int length) throws Exception {
        TestClient.Answer answer = client.upload(
                "/files", new UploadBody().field("purpose", "batch").file("big", new byte[length]));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("error").get("message").asText()).contains(LARGEST + " bytes");
        assertThat(onDisk("").stream().filter(name -> name.startsWith("uploads/")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "purpose=batch | file",
                "file | purpose",
                "purpose=nonsense&file | purpose",
                "purpose=batch&purpose=batch&file | purpose",
                "purpose=batch&file&file | file",
                "purpose=batch&other=x&file | other",
                "purpose=batch&file=text | file",
                "purpose=batch&expires_after[seconds]=7200&file | expires_after[anchor]",
                "purpose=batch&expires_after[anchor]=now&expires_after[seconds]=7200&file | expires_after[anchor]",
                "purpose=batch&expires_after[anchor]=created_at&file | expires_after[seconds]",
                "purpose=batch&expires_after[anchor]=created_at&expires_after[seconds]=60&file | expires_after[seconds]",
                "purpose=batch&expires_after[anchor]=created_at&expires_after[seconds]=x&file | expires_after[seconds]"
            })
    void refusesAFormThatIsNotRightAndKeepsNothing(String form, String param) throws Exception {
        UploadBody body = new UploadBody();
        for (String part : form.split("&")) {
            if (part.equals("file")) body.file("f", random(20_000, 1));
            else body.field(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
        }

        TestClient.Answer answer = client.upload("/files", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("error").get("param").asText()).isEqualTo(param);
        assertThat(onDisk("")).containsExactlyInAnyOrder("", "uploads", "lock");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "no form at all",
                "--X\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch"
            })
    void refusesWhatIsNoFormOrBreaksOff(String body) throws Exception {
        TestClient.Answer plain = client.send("POST", "/files", body);
        TestClient.Answer form = client.send("POST", "/files", "multipart/form-data; boundary=X", bytes(body));

        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.json().get("error").get("message").asText()).contains("multipart/form-data");
        assertThat(form.status()).isEqualTo(400);
        assertThat(onDisk("")).containsExactlyInAnyOrder("", "uploads", "lock");
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws Exception {
        byte[] body = new UploadBody()
                .field("purpose", "batch")
                .file("f", random(200_000, 1))
                .bytes();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String head = "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="
                    + UploadBody.BOUNDARY + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(bytes(head));
            socket.getOutputStream().write(body, 0, body.length / 2);
            socket.getOutputStream().flush();
            while (onDisk("").stream().noneMatch(name -> name.startsWith("uploads/"))) Thread.onSpinWait();
        }
        while (onDisk("").stream().anyMatch(name -> name.startsWith("uploads/"))) Thread.onSpinWait();

        assertThat(ids(client.get("/files"))).isEmpty();
        assertThat(onDisk(".data")).isEmpty();
    }

    @Test
    void tellsAClientThatAsksWhetherToSendItsBody() throws Exception {
        byte[] body =
                new UploadBody().field("purpose", "batch").file("f", bytes("x")).bytes();
        String head = "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type:"
                + " multipart/form-data; boundary=" + UploadBody.BOUNDARY + "\r\nContent-Length: %d\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes(head.formatted(body.length)));
            byte[] proceed = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(proceed, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(body);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes(head.formatted(LARGEST * 2)));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 413").contains("connection: close");
        }
    }

    @Test
    void answersSeveralUploadsOfOneConnectionInOrder() throws Exception {
        byte[] body = new UploadBody()
                .field("purpose", "batch")
                .file("f", random(10_000, 1))
                .bytes();
        String head = "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="
                + UploadBody.BOUNDARY + "\r\nContent-Length: " + body.length + "\r\n";
        String refused =
                "POST /v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbody";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes(head + "\r\n"));
            socket.getOutputStream().write(body);
            socket.getOutputStream().write(bytes(refused));
            socket.getOutputStream().write(bytes(head + "Connection: close\r\n\r\n"));
            socket.getOutputStream().write(body);
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answers).containsSubsequence("HTTP/1.1 200", "HTTP/1.1 400", "HTTP/1.1 200");
            assertThat(ids(client.get("/files"))).hasSize(2);
        }
    }
}
