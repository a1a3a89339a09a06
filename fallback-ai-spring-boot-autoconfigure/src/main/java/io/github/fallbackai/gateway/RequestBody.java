package io.github.fallbackai.gateway;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Reads the body of a request, up to a size. It does not use the application's codecs,
 * because their limit is meant for other requests.
 */
final class RequestBody {

	private RequestBody() {
	}

	static Mono<byte[]> read(ServerRequest request, int maxSize) {
		if (request.headers().contentLength().orElse(0) > maxSize) {
			return Mono.error(tooLarge(maxSize));
		}
		return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), maxSize)
			.map(RequestBody::bytes)
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class, (error) -> tooLarge(maxSize));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	private static RejectedRequestException tooLarge(int maxSize) {
		return new RejectedRequestException(new GatewayError(413, GatewayError.INVALID_REQUEST, "request_too_large",
				null, "The request has more than " + maxSize + " bytes.", null));
	}

}
