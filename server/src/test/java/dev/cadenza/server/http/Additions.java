package dev.cadenza.server.http;

import dev.cadenza.server.metrics.ServerMetrics;
import dev.cadenza.server.score.PieceEndpoints;
import dev.cadenza.server.serving.ModelCatalog;
import dev.cadenza.server.sound.Sounds;
import dev.cadenza.server.sound.WavRenderer;
import dev.cadenza.server.studio.Studio;
import java.util.List;

/** Every addition that the command starts the server with. */
final class Additions {
    private Additions() {}

    static List<Addition> of(ModelCatalog catalog) {
        return of(catalog, new ServerMetrics());
    }

    static List<Addition> of(ModelCatalog catalog, ServerMetrics metrics) {
        return List.of(
                new PieceEndpoints(), new Sounds(WavRenderer.ofDefaultBank()), new Studio(catalog, "1.2.3"), metrics);
    }
}
