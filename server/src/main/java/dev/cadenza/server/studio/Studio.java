package dev.cadenza.server.studio;

import dev.cadenza.model.Licence;
import dev.cadenza.model.ModelManifest;
import dev.cadenza.model.VersionId;
import dev.cadenza.server.http.Addition;
import dev.cadenza.server.http.ModelEndpoints;
import dev.cadenza.server.http.Routes;
import dev.cadenza.server.http.answer.Accept;
import dev.cadenza.server.http.answer.MediaType;
import dev.cadenza.server.http.jetty.RequestId;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.serving.VersionStatus;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The addition that answers {@code /}: the studio for a browser; what to do next for curl. */
public final class Studio implements Addition {
    private static final String QUERY = "/v1/generate?seed=7&notes=200";

    private final ModelCatalog catalog;
    private final String version;
    private final StudioHandler studio = new StudioHandler();
    private final Map<String, Handler> pages = new LinkedHashMap<>();

    /** @param version of this server */
    public Studio(ModelCatalog catalog, String version) {
        this.catalog = catalog;
        this.version = version;
        pages.put(MediaType.TEXT, this::text);
        pages.put(MediaType.HTML, studio::page);
    }

    @Override
    public void addPublic(Routes routes, ModelEndpoints endpoints) {
        routes.getOpen("/", this::home);
        routes.getOpen("/studio/{file}", studio::file);
    }

    private void home(Context ctx) throws Exception {
        RequestId.of(ctx);
        Handler page = Accept.choose(ctx, pages);
        ctx.res().addHeader("Vary", "Accept");
        page.handle(ctx);
    }

    private void text(Context ctx) {
        ctx.header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType(MediaType.TEXT + "; charset=utf-8")
                .result(welcome("http://" + authority(ctx)));
    }

    /** The address that the client itself used, if it is a plain one. */
    private static String authority(Context ctx) {
        String host = ctx.header("Host");
        return host != null && host.matches("[A-Za-z0-9.:\\[\\]-]{1,100}")
                ? host
                : "127.0.0.1:" + ctx.req().getLocalPort();
    }

    /** A few lines for a terminal. */
    public String welcome(String address) {
        return "Cadenza " + version + " plays " + playing() + "\n\n"
                + "The studio, to hear, see and steer it, in a browser:\n  " + address + "/\n"
                + "A piece of 200 notes, the same for the same seed:\n"
                + "  curl -o piece.mid '" + address + QUERY + "'\n"
                + "Four variations of ten seconds that continue your own MIDI file, as JSON:\n"
                + "  curl -H 'Accept: application/json' -H 'Content-Type: audio/midi' --data-binary @mine.mid \\\n"
                + "    '" + address + "/v1/generate?seconds=10&n=4'\n"
                + "How likely the model finds your piece, note by note, as JSON:\n"
                + "  curl -H 'Content-Type: audio/midi' --data-binary @mine.mid " + address + "/v1/score\n"
                + "Your piece played with feeling (models of kind performer):\n"
                + "  curl -o played.mid -H 'Content-Type: audio/midi' --data-binary @mine.mid \\\n"
                + "    '" + address + "/v1/humanize?seed=7'\n"
                + "The models, their figures and licences:\n"
                + "  curl " + address + "/v1/models\n\n"
                + licence() + "\n";
    }

    private String playing() {
        return catalog.serving(catalog.defaultName()).map(VersionId::toString).orElse("nothing yet") + " on "
                + catalog.device();
    }

    private String licence() {
        Optional<VersionId> serving = catalog.serving(catalog.defaultName());
        Optional<Licence> licence = catalog.versions().stream()
                .filter(status -> serving.isPresent() && status.id().equals(serving.get()))
                .findFirst()
                .flatMap(VersionStatus::manifest)
                .map(ModelManifest::licence);
        return licence.map(terms ->
                        "Licence of the model: " + terms.id() + ". " + terms.terms() + " " + terms.attribution())
                .orElse("The code is under Apache-2.0; each model has a licence of its own.");
    }
}
