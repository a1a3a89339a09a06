// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Files go to the providers that take them, in the provider's own way, and to no others.
 */
class FilesTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final FilePart PDF = FilePart.of("application/pdf", "%PDF".getBytes(UTF_8), "report.pdf");

	private static final FilePart TEXT = FilePart.of("text/csv", "a,é".getBytes(UTF_8), "table.csv");

	private static final FilePart LINK = new FilePart(URI.create("https://host/Report.PDF?x=1"));

	private static final FilePart ZIP = FilePart.of("application/zip", new byte[] { 1 }, "all.zip");

	private final List<ProviderSimulator> simulators = new ArrayList<>();

	@AfterEach
	void close() {
		this.simulators.forEach(ProviderSimulator::close);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					openai       | chat      | pdf  | /messages/0/content/1 | {"type":"file","file":{"filename":"report.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}
					openai       | responses | pdf  | /input/0/content/1    | {"type":"input_file","filename":"report.pdf","file_data":"data:application/pdf;base64,JVBERg=="}
					openai       | responses | text | /input/0/content/1    | {"type":"input_file","filename":"table.csv","file_data":"data:text/csv;base64,YSzDqQ=="}
					openai       | responses | link | /input/0/content/1    | {"type":"input_file","file_url":"https://host/Report.PDF?x=1"}
					azure-openai | auto      | link | /input/0/content/1    | {"type":"input_file","file_url":"https://host/Report.PDF?x=1"}
					anthropic    | -         | pdf  | /messages/0/content/1 | {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERg=="},"title":"report.pdf"}
					anthropic    | -         | text | /messages/0/content/1 | {"type":"document","source":{"type":"text","media_type":"text/plain","data":"a,é"},"title":"table.csv"}
					anthropic    | -         | link | /messages/0/content/1 | {"type":"document","source":{"type":"url","url":"https://host/Report.PDF?x=1"}}
					gemini       | -         | pdf  | /contents/0/parts/1   | {"inlineData":{"mimeType":"application/pdf","data":"JVBERg=="}}
					gemini       | -         | zip  | /contents/0/parts/1   | {"inlineData":{"mimeType":"application/zip","data":"AQ=="}}
					gemini       | -         | link | /contents/0/parts/1   | {"fileData":{"fileUri":"https://host/Report.PDF?x=1","mimeType":"application/pdf"}}
					""")
	void inTheProvidersWay(String provider, String api, String file, String place, String expected) {
		ProviderSimulator simulator = simulator();
		try (AiFallbackTemplate ai = template(endpoint("a", provider, api, simulator))) {
			ask(ai, file(file));
		}
		RecordedRequest sent = simulator.requests().get(0);
		assertThat(sent.refusal()).isNull();
		JsonNode part = sent.body().at(place);
		assertThat(part).hasToString(expected);
	}

	@ParameterizedTest
	@CsvSource({ "openai, chat, link", "openai, auto, link", "openai, chat, text", "azure-openai, chat, zip",
			"anthropic, -, zip" })
	void notToAnEndpointThatCannotTakeThem(String provider, String api, String file) {
		ProviderSimulator unable = simulator();
		ProviderSimulator able = simulator();
		Endpoint first = endpoint("unable", provider, api, unable);
		try (AiFallbackTemplate ai = template(first, endpoint("able", "gemini", "-", able))) {
			assertThat(ask(ai, file(file)).endpoint()).isEqualTo("able");
		}
		try (AiFallbackTemplate ai = template(first)) {
			assertThatExceptionOfType(NoEndpointAvailableException.class).isThrownBy(() -> ask(ai, file(file)))
				.satisfies((ex) -> assertThat(ex.skips()).extracting(Skip::reason)
					.containsExactly(SkipReason.UNSUPPORTED_REQUEST));
		}
		assertThat(unable.requests()).isEmpty();
	}

	@Test
	void isALinkOrHasATypeAndIsInBase64() {
		assertThat(LINK.mediaType()).isEqualTo("application/pdf");
		assertThat(new FilePart(URI.create("https://host/download")).mediaType()).isNull();
		assertThat(PDF.withName("a").name()).isEqualTo("a");
		assertThat(PDF).hasToString("FilePart[embedded]").isEqualTo(PDF.withName("report.pdf")).isNotEqualTo(LINK);
		for (String uri : List.of("data:application/pdf,secret", "data:;base64,secret", "data:secret", "file:secret")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new FilePart(URI.create(uri)))
				.withMessageStartingWith("file")
				.withMessageNotContaining("secret");
		}
	}

	private static FilePart file(String name) {
		return switch (name) {
			case "pdf" -> PDF;
			case "text" -> TEXT;
			case "link" -> LINK;
			default -> ZIP;
		};
	}

	private static ChatResponse ask(AiFallbackTemplate ai, FilePart file) {
		UserMessage message = new UserMessage(List.of(new TextPart("What is in it?"), file));
		return Objects.requireNonNull(ai.chat(ChatRequest.builder().message(message).build()).block(PATIENCE));
	}

	private ProviderSimulator simulator() {
		ProviderSimulator simulator = ProviderSimulator.create();
		simulator.rules(ProviderRules.STRICT);
		this.simulators.add(simulator);
		return simulator;
	}

	private static Endpoint endpoint(String name, String provider, String api, ProviderSimulator simulator) {
		String path = provider.equals("azure-openai") ? "/" : "/v1";
		EndpointBuilder endpoint = Endpoint.named(name)
			.provider(provider)
			.url(URI.create("http://127.0.0.1:" + simulator.port() + path))
			.model("model");
		return (api.equals("-") ? endpoint : endpoint.option("api", api)).build();
	}

	private static AiFallbackTemplate template(Endpoint... endpoints) {
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		for (Endpoint endpoint : endpoints) {
			builder.endpoint(endpoint);
		}
		return builder.build();
	}

}
