// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.net.URI;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link EndpointUrl} and of what {@link EndpointBuilder} makes of it.
 */
class EndpointUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:11434/v1", "http://127.0.0.1", "http://127.9.9.9:80",
			"http://[::1]:8080", "http://[0:0:0:0:0:0:0:1]", "http://LocalHost", "http://llm.localhost",
			"http://localhost./v1", "http://[::ffff:127.0.0.1]" })
	void recognisesThisMachine(String url) {
		assertThat(url(url).loopback()).isTrue();
		assertThat(url(url).confidential()).isTrue();
		assertThat(url(url).forbidden()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.openai.com", "http://localhost.example.org", "http://10.0.0.1",
			"http://127.0.0.1.example.org", "http://notlocalhost", "http://[2001:db8::1]", "http://0.0.0.0" })
	void takesEverythingElseForAnotherMachine(String url) {
		assertThat(url(url).loopback()).isFalse();
		assertThat(url(url).confidential()).isFalse();
		assertThat(url(url.replace("http:", "https:")).confidential()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/latest", "https://169.254.1.1", "http://[fe80::1]",
			"http://[fe80::1%25eth0]", "http://[febf::1]", "http://[::ffff:169.254.169.254]", "http://[fd00:ec2::254]",
			"http://[FD00:EC2:0::254]", "http://metadata.google.internal", "http://Metadata.Google.Internal.",
			"http://metadata.goog", "http://instance-data.ec2.internal", "http://100.100.100.200" })
	void recognisesAddressesWhereNoProviderIs(String url) {
		assertThat(url(url).forbidden()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint(url).allowInsecure(true).build())
			.withMessage("url: a link-local address or a metadata service, where no provider is");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://metadata.example.org", "https://170.254.169.254", "https://[fd00:ec2::255]",
			"https://169.254.169.254.example.org" })
	void leavesOtherAddressesAlone(String url) {
		assertThat(url(url).forbidden()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://example.org", "example.org/v1", "http:///v1", "mailto:me@example.org",
			"http://2852039166/latest", "http://0xa9fea9fe/", "http://0251.0376.0251.0376", "http://169.254.43518",
			"http://127.1", "http://169.254.169.254./", "http://256.1.1.1" })
	void refusesWhatIsNoHttpUrl(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> url(url)).withMessageStartingWith("url: needs a scheme");
	}

	@Test
	void aKeyIsNotSentInTheClearUnlessAllowed() {
		ApiKey key = ApiKey.of("sk-secret");
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint("http://llm.example.org").apiKey(key).build())
			.withMessageContaining("plain HTTP")
			.withMessageNotContaining("sk-secret");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> endpoint("http://llm.example.org").apiKeyFile(Path.of("key")).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> endpoint("http://llm.example.org").build().withApiKey(key));
		assertThat(endpoint("http://llm.example.org").apiKey(key).allowInsecure(true).build().apiKey()).isEqualTo(key);
		assertThat(endpoint("http://llm.example.org").apiKey(key).auth(AuthScheme.NONE).build().apiKey())
			.isEqualTo(key);
		assertThat(endpoint("http://localhost").apiKey(key).build().apiKey()).isEqualTo(key);
		assertThat(endpoint("https://llm.example.org").apiKey(key).build().apiKey()).isEqualTo(key);
	}

	@Test
	void anEndpointWithAnotherKeyIsTheSameEndpoint() {
		Endpoint endpoint = endpoint("https://llm.example.org").apiKeyFile(Path.of("key"))
			.header("X-Team", "blue")
			.option("deployment", "prod")
			.contextWindow(1000)
			.build();
		Endpoint other = endpoint.withApiKey(ApiKey.of("sk-other"));
		assertThat(other).usingRecursiveComparison().ignoringFields("apiKey", "apiKeyFile").isEqualTo(endpoint);
		assertThat(other.id()).isEqualTo(endpoint.id());
		assertThat(other.apiKey()).isEqualTo(ApiKey.of("sk-other"));
		assertThat(other.apiKeyFile()).isNull();
	}

	@Test
	void showsNeitherPathNorQuery() {
		assertThat(url("https://example.org/t/sk-1?key=sk-2")).hasToString("https://example.org");
	}

	private static EndpointUrl url(String url) {
		return new EndpointUrl(URI.create(url));
	}

	private static EndpointBuilder endpoint(String url) {
		return Endpoint.named("a").model("m").url(URI.create(url));
	}

}
