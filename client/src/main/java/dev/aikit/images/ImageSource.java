package dev.aikit.images;

import dev.aikit.OpenAIError;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.pictures.DataUrls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where the bytes of a picture come from: out of the answer itself, or from the address that it names. */
final class ImageSource {
    private static final String FUNCTION = "images.download";

    private final Operation<OpenAIBlobResult> operation;

    private ImageSource(Operation<OpenAIBlobResult> operation) {
        this.operation = operation;
    }

    Operation<OpenAIBlobResult> operation() {
        return operation;
    }

    static ImageSource of(OpenAIImage image) {
        try {
            if (!image.b64Json().isEmpty()) return ofText("b64_json", image.b64Json()); // here already
            if (!image.url().isEmpty()) return ofUrl(image.url());
            OpenAIError failure = image.failure();
            if (failure != null) return new ImageSource(Operation.local(FUNCTION, BlobReader.refusing(failure)));
            return refused("the answer holds no picture: neither url nor b64_json");
        } catch (URISyntaxException noAddress) {
            return refused("the picture's url is no address: " + noAddress.getReason());
        }
    }

    private static ImageSource ofUrl(String url) throws URISyntaxException {
        if (DataUrls.isOne(url)) return ofText("url", url);
        URI address = new URI(url);
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http"))
            return refused("the picture's url begins with " + scheme
                    + ": and is not followed; only https:, http: and data: are");
        if (address.getHost() == null) return refused("the picture's url names no host");
        if (address.getRawUserInfo() != null)
            return refused("the picture's url holds a user name, and is not followed");
        return new ImageSource(Operation.download(FUNCTION, address, BlobReader.ofAnswer()));
    }

    /** Some servers write a whole data: address where base64 is expected. */
    private static ImageSource ofText(String field, String text) {
        try {
            byte[] content = DataUrls.isOne(text) ? DataUrls.content(text) : DataUrls.base64(text);
            if (content.length == 0) return refused("the picture's " + field + " is empty");
            return new ImageSource(Operation.local(FUNCTION, BlobReader.of(content)));
        } catch (IllegalArgumentException damaged) {
            return refused("the picture's " + field + " cannot be read: " + damaged.getMessage());
        }
    }

    private static ImageSource refused(String why) {
        return new ImageSource(Operation.local(FUNCTION, BlobReader.refusing(why)));
    }
}
