// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads one stream of the gateway, in whatever pieces it arrives.
 */
final class EventReader {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String DATA = "data:";

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private boolean done;

	/**
	 * Takes more bytes.
	 * @return the pieces of the answer in them
	 * @throws GatewayException if the stream says that it failed
	 */
	List<Piece> take(byte[] bytes) {
		List<Piece> pieces = new ArrayList<>();
		for (byte next : bytes) {
			if (next == '\n') {
				line(this.line.toString(StandardCharsets.UTF_8).strip(), pieces);
				this.line.reset();
			}
			else {
				this.line.write(next);
			}
		}
		return pieces;
	}

	private void line(String line, List<Piece> pieces) {
		if (!line.startsWith(DATA)) {
			return;
		}
		if (this.done) {
			throw new GatewayException(200, "more after the end");
		}
		String data = line.substring(DATA.length()).strip();
		if (data.equals("[DONE]")) {
			this.done = true;
			return;
		}
		JsonNode chunk = json(data);
		if (chunk.has("error")) {
			throw new GatewayException(200, chunk.path("error").path("code").asText());
		}
		String text = chunk.path("choices").path(0).path("delta").path("content").asText("");
		if (!text.isEmpty()) {
			pieces.add(Piece.of(text));
		}
	}

	static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new GatewayException(200, "no JSON: " + text);
		}
	}

	/** To be called when the stream has ended as HTTP requires. */
	Piece end() {
		if (!this.done) {
			throw new GatewayException(200, "no end");
		}
		return Piece.of("");
	}

}
