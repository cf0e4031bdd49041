package dev.cadenza.exporter.kind.roll;

import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.exporter.kind.KindExport;
import dev.cadenza.exporter.kind.KindExporter;
import dev.cadenza.exporter.kind.UntranslatableNetworkException;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.roll.RollFamily;

/** The kind {@code roll}. */
public final class RollExporter implements KindExporter {
    @Override
    public String id() {
        return RollFamily.ID;
    }

    @Override
    public KindExport open(Checkpoint checkpoint, WeightFormat weights) throws UntranslatableNetworkException {
        return new RollExport(checkpoint.network(), checkpoint.info(), checkpoint.parity());
    }
}
