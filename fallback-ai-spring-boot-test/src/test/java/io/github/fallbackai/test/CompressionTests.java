// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class CompressionTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void compressesDocumentsWhenTheClientAcceptsIt() throws IOException, InterruptedException {
		assertThat(unzip(ChatClient.question("Hi")))
			.isEqualTo(this.client.ask("Hi").body().replace("-00000001", "-00000000"));
	}

	@Test
	void compressesStreamsWhenTheClientAcceptsIt() throws IOException, InterruptedException {
		String stream = unzip(ChatClient.streamed("Hi"));

		assertThat(ChatClient.text(ChatClient.events(stream))).isEqualTo(simulator.answerTo("Hi"));
	}

	@Test
	void doesNotCompressUnasked() {
		assertThat(this.client.ask("Hi").headers().firstValue("content-encoding")).isEmpty();
	}

	private String unzip(JsonNode question) throws IOException, InterruptedException {
		HttpResponse<byte[]> response = HttpClient.newHttpClient()
			.send(this.client.post("/chat/completions", question.toString(), "gzip"), BodyHandlers.ofByteArray());
		assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
		try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
			return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
