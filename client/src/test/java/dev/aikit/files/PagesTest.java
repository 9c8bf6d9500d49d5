package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIException;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Lists of several pages: each is fetched when it is wanted, waiting or not. */
class PagesTest extends KeyedServerTest {
    PagesTest() {
        super(c -> c.maxRetries(0));
    }

    private static String page(boolean more, String... ids) {
        List<String> items = new ArrayList<>();
        for (String id : ids) items.add("{\"id\":\"" + id + "\",\"content\":\"text of " + id + "\",\"role\":\"user\"}");
        String last = ids.length == 0 ? "null" : "\"" + ids[ids.length - 1] + "\"";
        return "{\"object\":\"list\",\"data\":[" + String.join(",", items) + "],\"last_id\":" + last + ",\"has_more\":"
                + more + "}";
    }

    private void serve(boolean more, String... ids) {
        server.then(to -> to.answer(200, page(more, ids)));
    }

    private void received(String target) {
        assertThat(server.takeRequest().target()).isEqualTo("/v1" + target);
    }

    @Test
    void allOfThemComePageByPageWithTheSameParameters() {
        serve(true, "a", "b");
        serve(true, "c");
        serve(false, "d", "e");
        OpenAIFileListResult first = client.files().list(p -> p.limit(2).purpose("batch"));
        assertThat(first.all().map(OpenAIFile::id)).containsExactly("a", "b", "c", "d", "e");
        received("/files?limit=2&purpose=batch");
        received("/files?limit=2&purpose=batch&after=b");
        received("/files?limit=2&purpose=batch&after=c");
    }

    @Test
    void aPageIsFetchedWhenItsFirstItemIsAskedFor() {
        serve(true, "a", "b");
        serve(false, "c");
        Iterator<OpenAIFile> all = client.files().list().all().iterator();
        all.next();
        all.next();
        server.takeRequest();
        assertThat(server.requestsWaiting()).isZero();
        assertThat(all.next().id()).isEqualTo("c");
        assertThat(all.hasNext()).isFalse();
        assertThat(server.requestsWaiting()).isEqualTo(1);
    }

    @Test
    void enoughIsEnough() {
        serve(true, "a", "b");
        assertThat(client.files().list().all().limit(2).map(OpenAIFile::id)).containsExactly("a", "b");
        server.takeRequest();
        assertThat(server.requestsWaiting()).isZero();
    }

    @Test
    void aPageThatCannotBeFetchedThrowsWhereItIsMissed() {
        serve(true, "a");
        server.then(to -> to.answer(500, "{\"error\":\"broken\"}"));
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> client.files().list().all().forEach(file -> seen.add(file.id())))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("broken");
        assertThat(seen).containsExactly("a");
        server.then(to -> to.answer(500, "{\"error\":\"broken\"}"));
        OpenAIFileListResult failed = client.files().list();
        assertThat(failed.files()).isEmpty();
        assertThat(failed.nextPage()).isEmpty();
        assertThatThrownBy(() -> failed.all().count()).isInstanceOf(OpenAIException.class);
    }

    @Test
    void aServerThatRepeatsItsPageIsFoundOut() {
        server.otherwise(to -> to.answer(200, page(true, "a", "b")));
        assertThatThrownBy(() -> client.files().list().all().count())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("again and again");
    }

    @Test
    void aServerThatForgetsLastIdIsUnderstood() {
        server.then(to -> to.answer(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"has_more\":true}"));
        serve(false, "c");
        assertThat(client.files().list().all().map(OpenAIFile::id)).containsExactly("a", "b", "c");
        server.takeRequest();
        received("/files?after=b");
    }

    @Test
    void pagesFollowEachOtherInCallbacksOnTheSameWorker() {
        serve(true, "a");
        serve(true, "b");
        serve(false, "c");
        Worker worker = Worker.named("pages");
        List<String> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<String> done = new CompletableFuture<>();
        class Receiver {
            void receive(OpenAIFileListResult page) {
                page.files().forEach(file -> seen.add(file.id() + " on " + Worker.current()));
                if (page.nextPage(this::receive).isEmpty()) done.complete("done");
            }
        }
        client.files().list(p -> p.on(worker).formula(new Receiver()::receive));
        dev.aikit.testing.Events.await(done);
        assertThat(seen).containsExactly("a on " + worker, "b on " + worker, "c on " + worker);
        worker.kill();
    }

    @Test
    void theNextPageIsACallThatCanBeCancelled() throws Exception {
        serve(true, "a");
        server.then(to -> to.awaitPeerClosed());
        OpenAIFileListResult first = Way.ended(client.files().list(p -> p.async()));
        List<String> heard = new CopyOnWriteArrayList<>();
        OpenAICall<OpenAIFileListResult> next =
                first.nextPage(page -> heard.add(page.toString())).orElseThrow();
        server.takeRequest();
        server.takeRequest();
        next.cancel();
        assertThat(Way.ended(next).errors().get(0).isCancelled()).isTrue();
        assertThat(heard).hasSize(1);
        server.awaitPeerClosed(1);
    }

    @Test
    void keptAnswersAndTheirMessagesAreListedTheSameWay() {
        serve(true, "c1");
        serve(false, "c2");
        assertThat(client.chat()
                        .completions()
                        .list(p -> p.model("m"))
                        .all()
                        .map(c -> c.get("id").asText()))
                .containsExactly("c1", "c2");
        received("/chat/completions?model=m");
        received("/chat/completions?model=m&after=c1");
        serve(true, "m1");
        serve(false, "m2");
        assertThat(client.chat().completions().messages().list("c1").all().map(OpenAIMessage::text))
                .containsExactly("text of m1", "text of m2");
        received("/chat/completions/c1/messages");
        received("/chat/completions/c1/messages?after=m1");
    }

    @Test
    void aServerThatAlternatesBetweenPagesIsFoundOut() {
        serve(true, "a");
        serve(true, "b");
        serve(true, "c");
        server.otherwise(to -> to.answer(200, page(true, "b")));
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> client.files().list().all().forEach(file -> seen.add(file.id())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ends with b again and again");
        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    void anEmptyLastPageMayRepeatTheIdItComesAfter() {
        serve(true, "a");
        server.then(to -> to.answer(200, "{\"data\":[],\"last_id\":\"a\",\"has_more\":false}"));
        assertThat(client.files().list().all().map(OpenAIFile::id)).containsExactly("a");
    }

    @Test
    void moreWithoutAnyIdIsNotTakenForTheEnd() {
        server.otherwise(to -> to.answer(200, "{\"data\":[{\"filename\":\"x\"}],\"has_more\":true}"));
        OpenAIFileListResult page = client.files().list();
        assertThatThrownBy(() -> page.all().count())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not after which id");
        assertThatThrownBy(page::nextPage).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> page.nextPage(next -> {})).isInstanceOf(IllegalStateException.class);
    }
}
