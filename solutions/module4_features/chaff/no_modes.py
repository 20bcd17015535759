# chaff: 4.4
# why: Leaves the modes to Azure, which mounts.


def feature_job(code, tiles, features, compute, environment, batch_size=64):
    from azure.ai.ml import Input, Output, command
    from azure.ai.ml.constants import AssetTypes, InputOutputModes

    # TODO 4.4 Describe the job: tiles are downloaded, features are uploaded.
    return command(
        code=code,
        command=(
            "python extract.py --input_data_dir ${{inputs.tiles}} --batch_size ${{inputs.batch_size}}"
            " --output_data_dir ${{outputs.features}}"
        ),
        inputs={
            "tiles": Input(type=AssetTypes.URI_FOLDER, path=tiles),
            "batch_size": batch_size,
        },
        outputs={"features": Output(type=AssetTypes.URI_FOLDER, path=features)},
        compute=compute,
        environment=environment,
    )
    # END TODO
