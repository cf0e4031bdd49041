package dev.cadenza.exporter.publish;

import dev.cadenza.exporter.kind.CardText;
import dev.cadenza.model.ModelManifest;

/** The text that goes with a version: what it is, what it may be used for, what it can do, how it was made. */
final class ModelCard {
    private ModelCard() {}

    /** Writes the card, in Markdown. */
    static String text(String name, ModelManifest manifest, CardText kind) {
        return """
                # %s

                %s
                ## Licence

                **%s.** %s

                Credit: %s

                ## What it can do, and what it cannot

                %s
                ## Measures

                %s
                %s
                ## Encoding

                %s
                ## How it was made

                ```
                %s```

                %s
                %s""".formatted(
                        name,
                        kind.model(),
                        manifest.licence().id(),
                        manifest.licence().text(),
                        manifest.licence().attribution(),
                        kind.abilities(),
                        kind.measures(),
                        manifest.metrics().isEmpty()
                                ? "None were recorded in the checkpoint.\n"
                                : Markdown.tables(manifest.metrics(), 3),
                        Markdown.tables(manifest.encoding(), 3),
                        kind.commands(),
                        Markdown.tables(manifest.provenance(), 3),
                        kind.proof());
    }
}
