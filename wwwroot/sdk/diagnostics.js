/** Which way the media takes, from the browser's own statistics. Null while there is no connection. */
export async function describePath(pc) {
  if (!pc) return null;
  const report = await pc.getStats();
  const entries = [...report.values()];
  const transport = entries.find((entry) => entry.type === 'transport');
  const pairs = entries.filter((entry) => entry.type === 'candidate-pair');
  const chosen = report.get(transport?.selectedCandidatePairId) ?? pairs.find((pair) => pair.nominated && pair.state === 'succeeded');
  const end = (id) => {
    const candidate = report.get(id);
    return candidate && {
      type: candidate.candidateType,
      protocol: candidate.relayProtocol ?? candidate.protocol,
      address: candidate.address ?? null,
      port: candidate.port ?? null,
    };
  };
  const inbound = entries.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'video');
  return {
    state: pc.connectionState,
    dtls: transport?.dtlsState ?? null,
    roundTripMs: chosen?.currentRoundTripTime != null ? chosen.currentRoundTripTime * 1000 : null,
    path: chosen ? { local: end(chosen.localCandidateId), remote: end(chosen.remoteCandidateId) } : null,
    tried: pairs.map((pair) => ({ local: end(pair.localCandidateId), remote: end(pair.remoteCandidateId), state: pair.state })),
    video: inbound && {
      width: inbound.frameWidth ?? 0,
      height: inbound.frameHeight ?? 0,
      framesPerSecond: inbound.framesPerSecond ?? 0,
      framesDropped: inbound.framesDropped ?? 0,
      packetsLost: inbound.packetsLost ?? 0,
      freezes: inbound.freezeCount ?? 0,
    },
  };
}
