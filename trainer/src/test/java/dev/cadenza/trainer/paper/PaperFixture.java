package dev.cadenza.trainer.paper;

import dev.cadenza.trainer.corpus.Corpus;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.SmallCorpus;
import java.nio.file.Path;

/** A small corpus and preset for the tests of this package. */
final class PaperFixture {
    static final int WINDOW = 10;

    private PaperFixture() {}

    static EncodedCorpus corpus(Path temporary) throws Exception {
        Path data = SmallCorpus.maestro(temporary.resolve("data"), 10, 45);
        return EncodedCorpus.encode(data, Corpus.open(data), 1000, temporary.resolve("cache"), done -> {});
    }

    static PaperPreset preset(double keep) {
        return new PaperPreset(8, WINDOW, 4, 1e-2, keep, 1000, 1000, false, 5);
    }
}
