package dev.cadenza.server.http;

import dev.cadenza.generation.StepTask;
import dev.cadenza.music.MidiFiles;
import dev.cadenza.server.request.HumanizeRequest;
import dev.cadenza.server.request.HumanizeRequestReader;
import dev.cadenza.server.serving.HumanizeResult;
import dev.cadenza.server.serving.ModelLease;
import java.util.List;

/** {@code POST /v1/humanize}: the keys of a written piece as a model would strike them. */
final class HumanizeHandler extends ModelHandler<HumanizeRequest, HumanizeResult> {
    HumanizeHandler(HumanizeRequestReader reader, Players players) {
        super(reader, List.of(MediaType.MIDI, MediaType.JSON), players);
    }

    @Override
    StepTask<HumanizeResult> work(HumanizeRequest request, ModelLease lease) {
        return HumanizeResult.work(request, lease);
    }

    @Override
    byte[] encode(HumanizeResult rendition, String mediaType) {
        return mediaType.equals(MediaType.MIDI)
                ? MidiFiles.write(rendition.piece().score())
                : rendition.json();
    }

    @Override
    String fileStem(ModelLease lease) {
        return lease.id().name() + "-" + lease.id().version() + "-humanized";
    }
}
